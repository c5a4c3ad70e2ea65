import type { Kind } from '../../../kinds/kind';
import { priorityOf } from './priorities';

export interface Group {
  /** '' is core. */
  readonly name: string;
  /** The preferred one first. */
  readonly versions: string[];
}

/** A version of a group that another server serves. */
export interface RemoteVersion {
  readonly group: string;
  readonly version: string;
  readonly groupPriority: number;
  readonly versionPriority: number;
}

interface Ranked {
  readonly version: string;
  readonly priority: number;
}

/** Source of the order: SortedByGroupAndVersion in k8s.io/kube-aggregator/pkg/apis/apiregistration/v1/helper. */
export function groupsOf(kinds: readonly Kind[], remotes: readonly RemoteVersion[] = []): Group[] {
  const groups = new Map<string, { rank: number; versions: Map<string, Ranked> }>();
  const add = (name: string, rank: number, ranked: Ranked) => {
    const group = groups.get(name) ?? { rank: 0, versions: new Map<string, Ranked>() };
    group.versions.set(ranked.version, ranked);
    groups.set(name, { ...group, rank: Math.max(group.rank, rank) });
  };
  for (const { group, version } of kinds) {
    const priority = priorityOf(group, version);
    add(group, priority.group, { version, priority: priority.version });
  }
  for (const { group, version, groupPriority, versionPriority } of remotes) add(group, groupPriority, { version, priority: versionPriority });
  return [...groups].map(([name, { rank, versions }]) => ({ name, rank, versions: [...versions.values()].sort(byRank).map(({ version }) => version) }))
    .sort((a, b) => b.rank - a.rank || (a.name < b.name ? -1 : 1)).map(({ name, versions }) => ({ name, versions }));
}

const byRank = (a: Ranked, b: Ranked) => b.priority - a.priority || byStability(a.version, b.version);

/** v2, v1, v1beta2, v1beta1, v1alpha1. Source: k8s.io/apimachinery/pkg/version. */
function byStability(a: string, b: string): number {
  const [left, right] = [parse(a), parse(b)];
  return right.stage - left.stage || right.major - left.major || right.minor - left.minor;
}

function parse(version: string): { stage: number; major: number; minor: number } {
  const [, major, stage, minor] = /^v(\d+)(?:(alpha|beta)(\d+))?$/.exec(version) ?? [];
  return { stage: stage === 'alpha' ? 1 : stage === 'beta' ? 2 : major ? 3 : 0, major: Number(major ?? 0), minor: Number(minor ?? 0) };
}
