import { parseLabelSelector, type LabelMatcher } from '../../../api/selectors';
import { compileRegExp } from '../../../api/go/regexp';
import { effectiveNamespace, resIdText, type ResId } from '../ids/res-id';
import type { Resource } from '../resource/resource';

/** Which resources are meant: fields of the id, '' for any, and selectors of labels and annotations. */
export interface Selector extends ResId {
  labelSelector: string;
  annotationSelector: string;
}

export const selectorText = (selector: Selector): string =>
  `${resIdText(selector)}:a=${selector.annotationSelector}:l=${selector.labelSelector}`;

/** What kustomize, which carries selectors of an older Kubernetes, says differently. */
const olderWords: [RegExp, string][] = [
  [/expected: in, notin, =, ==, !=, gt, lt$/, "expected: '=', '!=', '==', 'in', notin'"],
  [/<nil>: Invalid value: (".*?"): /, 'invalid label key $1: '],
  [/values\[\d+\]\[(.*?)\]: Invalid value: (".*?"): /, 'invalid label value: $2: at key: "$1": '],
  [/values\[0\]: Invalid value: ".*?": /, ''],
];

/** The matcher of a selector's text, which may be empty. Throws where it is none. */
export function labelMatcher(text: string): LabelMatcher {
  try {
    return parseLabelSelector(text);
  } catch (error) {
    throw new Error(olderWords.reduce((message, [pattern, words]) => message.replace(pattern, words), (error as Error).message));
  }
}

/** Whether a text is one that an expression describes from end to end; '' describes all. */
function wholeMatch(pattern: string): (text: string) => boolean {
  if (pattern === '') return () => true;
  const expression = compileRegExp(`^(?:${pattern})$`);
  return (text) => expression.test(text);
}

/** The resources that a selector means, its fields being regular expressions. Throws where they are none. Source: resWrangler.Select of kustomize. */
export function selectResources(resources: readonly Resource[], selector: Selector): Resource[] {
  const [group, version, kind] = [wholeMatch(selector.group), wholeMatch(selector.version), wholeMatch(selector.kind)];
  const [name, namespace] = [wholeMatch(selector.name), wholeMatch(selector.namespace)];
  return resources.filter((resource) => {
    const { originalId, id, gvk } = resource;
    return (namespace(effectiveNamespace(originalId)) || namespace(effectiveNamespace(id)))
      && (name(originalId.name) || name(id.name))
      && group(gvk.group) && version(gvk.version) && kind(gvk.kind)
      && labelMatcher(selector.labelSelector)(resource.labels) && labelMatcher(selector.annotationSelector)(resource.annotations);
  });
}
