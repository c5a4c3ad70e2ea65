import type { GroupVersionResource } from '../../../api/meta';
import type { ApiResource, Snapshot } from '../../../client/discovery';

export interface ExplainTarget {
  resource: GroupVersionResource;
  fields: string[];
}

/**
 * `pods.spec.containers` as a resource and the way to a field. Where the beginning spells a resource with its group
 * (`deployments.apps.spec`, `withGroup`) the group counts to the resource. Undefined when there is no such resource.
 * After explain.SplitAndParseResourceRequestWithMatchingPrefix; throws its texts.
 */
export function parseTarget(argument: string, { resources }: Snapshot, withGroup: boolean): ExplainTarget | undefined {
  const [word, ...fields] = nodes(argument);
  const candidates = named(resources, word!.toLowerCase());
  if (!candidates.length) return undefined;
  const spelled = withGroup ? candidates.find((resource) => argument.startsWith(qualified(resource))) : undefined;
  if (!spelled) return { resource: gvrOf(candidates[0]!), fields };
  const rest = argument.slice(qualified(spelled).length);
  return { resource: gvrOf(spelled), fields: nodes(rest).slice(rest && !rest.startsWith('.') ? 1 : 0) };
}

const qualified = ({ plural, group }: ApiResource) => (group ? `${plural}.${group}` : plural);
const gvrOf = ({ group, version, plural }: ApiResource): GroupVersionResource => ({ group, version, resource: plural });

function named(resources: readonly ApiResource[], word: string): ApiResource[] {
  const exact = resources.filter(({ plural, singular, kind }) => plural === word || singular === word || kind.toLowerCase() === word);
  return exact.length ? exact : resources.filter(({ shortNames }) => shortNames.includes(word));
}

/** The field nodes of a JSONPath; other nodes are refused. */
function nodes(path: string): string[] {
  if (/[[\]*?@(){}]/.test(path) || path.includes('..')) throw new Error('invalid jsonpath syntax, first node must be field node');
  return path.split('.').filter(Boolean);
}
