import type { LabelSelector, Unstructured } from '../../api/meta';
import { formatLabelSelector } from '../../api/selectors';

type Selects = { spec?: { selector?: unknown } };

/** Kinds whose spec.selector is a LabelSelector, and those where it is a plain map. */
const byLabelSelector = new Set(['Deployment', 'ReplicaSet', 'StatefulSet', 'DaemonSet', 'Job']);
const byMap = new Set(['Service', 'ReplicationController']);

/** The selector of the pods behind an object. Throws for kinds that have none. `doing` is `attach to`, `get the logs from`. */
export function podSelectorOf(object: Unstructured, doing: string): string {
  const selector = (object as Selects).spec?.selector;
  if (byLabelSelector.has(object.kind ?? '')) return formatLabelSelector(selector as LabelSelector);
  if (!byMap.has(object.kind ?? '')) throw new Error(`cannot ${doing} ${goType(object)}: selector for ${goType(object)} not implemented`);
  const labels = Object.entries((selector ?? {}) as Record<string, string>);
  if (!labels.length && object.kind === 'Service') {
    throw new Error(`cannot ${doing} ${goType(object)}: invalid service '${object.metadata.name}': Service is defined without a selector`);
  }
  return labels.map(([key, value]) => `${key}=${value}`).sort().join(',');
}

/** How Go prints the type of a decoded object: `*v1.ConfigMap`. */
const goType = ({ apiVersion = 'v1', kind = '' }: Unstructured): string => `*${apiVersion.slice(apiVersion.indexOf('/') + 1)}.${kind}`;
