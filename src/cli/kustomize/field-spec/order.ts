import type { Gvk } from '../ids/gvk';

/** Kinds that come first, and those that come last, for the sake of those that need them. */
export const orderFirst: readonly string[] = [
  'Namespace', 'ResourceQuota', 'StorageClass', 'CustomResourceDefinition', 'ServiceAccount', 'PodSecurityPolicy', 'Role', 'ClusterRole', 'RoleBinding',
  'ClusterRoleBinding', 'ConfigMap', 'Secret', 'Endpoints', 'Service', 'LimitRange', 'PriorityClass', 'PersistentVolume', 'PersistentVolumeClaim', 'Deployment',
  'StatefulSet', 'CronJob', 'PodDisruptionBudget',
];
export const orderLast: readonly string[] = ['MutatingWebhookConfiguration', 'ValidatingWebhookConfiguration'];

/** Below zero for kinds that come first, above for those that come last. */
export function rankIn(kind: string, first: readonly string[], last: readonly string[]): number {
  const [atEnd, atStart] = [last.lastIndexOf(kind), first.lastIndexOf(kind)];
  return atEnd >= 0 ? atEnd + 1 : atStart >= 0 ? atStart - first.length : 0;
}

export const sortText = ({ group, version, kind }: Gvk): string => `${group || '~G'}_${version || '~V'}_${kind || '~K'}`;

export const compareTexts = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

/** Source: Gvk.IsLessThan of kyaml. */
export const compareGvks = (a: Gvk, b: Gvk): number =>
  rankIn(a.kind, orderFirst, orderLast) - rankIn(b.kind, orderFirst, orderLast) || compareTexts(sortText(a), sortText(b));
