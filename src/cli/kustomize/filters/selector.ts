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

/** The matcher of a selector's text, which may be empty. */
export const labelMatcher = (text: string): LabelMatcher => parseLabelSelector(text);

/** Whether a text is one that an expression describes from end to end; '' describes all. */
function wholeMatch(pattern: string): (text: string) => boolean {
  if (pattern === '') return () => true;
  const expression = compileRegExp(`^(?:${pattern})$`);
  return (text) => expression.test(text);
}

/** The resources that a selector means, its fields being regular expressions. Throws where they are none. Source: resWrangler.Select of kustomize. */
export function selectResources(resources: readonly Resource[], selector: Selector): Resource[] {
  const [group, version, kind, name, namespace] =
    [selector.group, selector.version, selector.kind, selector.name, selector.namespace].map(wholeMatch) as [...((text: string) => boolean)[]] as Matchers;
  return resources.filter((resource) => {
    const { originalId, id, gvk } = resource;
    return (namespace(effectiveNamespace(originalId)) || namespace(effectiveNamespace(id)))
      && (name(originalId.name) || name(id.name))
      && group(gvk.group) && version(gvk.version) && kind(gvk.kind)
      && labelMatcher(selector.labelSelector)(resource.labels) && labelMatcher(selector.annotationSelector)(resource.annotations);
  });
}

type TextMatcher = (text: string) => boolean;
type Matchers = [TextMatcher, TextMatcher, TextMatcher, TextMatcher, TextMatcher];
