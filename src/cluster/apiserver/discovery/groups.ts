import type { Kind } from '../../../kinds/kind';

export interface Group {
  /** '' is core. */
  readonly name: string;
  /** The preferred one first. */
  readonly versions: string[];
}

/** The order in which upstream lists its groups; all others come behind them by name. */
const order = ['', 'apiregistration.k8s.io', 'apps', 'events.k8s.io', 'authentication.k8s.io', 'authorization.k8s.io', 'autoscaling', 'batch',
  'certificates.k8s.io', 'networking.k8s.io', 'policy', 'rbac.authorization.k8s.io', 'storage.k8s.io', 'admissionregistration.k8s.io',
  'apiextensions.k8s.io', 'scheduling.k8s.io', 'coordination.k8s.io', 'node.k8s.io', 'discovery.k8s.io', 'flowcontrol.apiserver.k8s.io'];

export function groupsOf(kinds: readonly Kind[]): Group[] {
  const versions = new Map<string, Set<string>>();
  for (const { group, version } of kinds) versions.set(group, (versions.get(group) ?? new Set()).add(version));
  return [...versions].map(([name, found]) => ({ name, versions: [...found].sort(byStability) })).sort(byPlace);
}

const place = (name: string) => (order.includes(name) ? order.indexOf(name) : order.length);
const byPlace = (a: Group, b: Group) => place(a.name) - place(b.name) || (a.name < b.name ? -1 : 1);

/** v2, v1, v1beta2, v1beta1, v1alpha1. Source: k8s.io/apimachinery/pkg/version. */
function byStability(a: string, b: string): number {
  const [left, right] = [parse(a), parse(b)];
  return right.stage - left.stage || right.major - left.major || right.minor - left.minor;
}

function parse(version: string): { stage: number; major: number; minor: number } {
  const [, major, stage, minor] = /^v(\d+)(?:(alpha|beta)(\d+))?$/.exec(version) ?? [];
  return { stage: stage === 'alpha' ? 1 : stage === 'beta' ? 2 : major ? 3 : 0, major: Number(major ?? 0), minor: Number(minor ?? 0) };
}
