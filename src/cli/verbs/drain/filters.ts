import type { Pod } from '../../../api/generated/core.v1';

/** What becomes of a pod: it goes or stays; `warning` and `error` tell why that may surprise. */
export interface Verdict {
  readonly goes: boolean;
  readonly warning?: string;
  readonly error?: string;
}

export interface FilterOptions {
  readonly force: boolean;
  readonly ignoreDaemonSets: boolean;
  readonly deleteEmptyDirData: boolean;
  /** Seconds after which a pod that is ending is not waited for; 0: never. */
  readonly skipAfterSeconds: number;
  readonly nowMs: number;
}

/** What asking for the pod's DaemonSet came to; undefined where it has none. */
export type DaemonSetLookup = { found: true } | { found: false; missing: boolean; message: string } | undefined;

const goes: Verdict = { goes: true };

/** The last filter has the say, unless one before keeps the pod. After filters.go in k8s.io/kubectl/pkg/drain. */
export function judge(pod: Pod, options: FilterOptions, daemonSet: DaemonSetLookup): Verdict {
  let verdict = goes;
  for (const filter of filters) {
    verdict = filter(pod, options, daemonSet);
    if (!verdict.goes) break;
  }
  return verdict;
}

type Filter = (pod: Pod, options: FilterOptions, daemonSet: DaemonSetLookup) => Verdict;

const filters: readonly Filter[] = [
  (pod, { skipAfterSeconds, nowMs }) => ({ goes: !isLongEnding(pod, skipAfterSeconds, nowMs) }),
  (pod, { force, ignoreDaemonSets }, daemonSet) => {
    if (!daemonSet || isFinished(pod)) return goes;
    if (!daemonSet.found) return daemonSet.missing && force ? { goes: true, warning: daemonSet.message } : { goes: false, error: daemonSet.message };
    if (!ignoreDaemonSets) return { goes: false, error: 'DaemonSet-managed Pods (use --ignore-daemonsets to ignore)' };
    return { goes: false, warning: 'ignoring DaemonSet-managed Pods' };
  },
  ({ metadata }) => ({ goes: metadata.annotations?.['kubernetes.io/config.mirror'] === undefined }),
  (pod, { deleteEmptyDirData }) => {
    if (isFinished(pod) || !pod.spec?.volumes?.some(({ emptyDir }) => emptyDir)) return goes;
    if (!deleteEmptyDirData) return { goes: false, error: 'Pods with local storage (use --delete-emptydir-data to override)' };
    return { goes: true, warning: 'deleting Pods with local storage' };
  },
  (pod, { force }) => {
    if (isFinished(pod) || controllerOf(pod)) return goes;
    if (!force) return { goes: false, error: 'cannot delete Pods that declare no controller (use --force to override)' };
    return { goes: true, warning: 'deleting Pods that declare no controller' };
  },
];

export const controllerOf = ({ metadata }: Pod) => metadata.ownerReferences?.find(({ controller }) => controller);

export const isFinished = ({ status }: Pod): boolean => status?.phase === 'Succeeded' || status?.phase === 'Failed';

export function isLongEnding({ metadata }: Pod, afterSeconds: number, nowMs: number): boolean {
  if (afterSeconds <= 0 || !metadata.deletionTimestamp) return false;
  return Math.trunc((nowMs - Date.parse(metadata.deletionTimestamp)) / 1000) > afterSeconds;
}

export interface Judged {
  readonly pod: Pod;
  readonly verdict: Verdict;
}

/** `TEXT: ns/a, ns/b` for each text among the verdicts. */
function grouped(judged: readonly Judged[], textOf: (verdict: Verdict) => string | undefined): string[] {
  const groups = new Map<string, string[]>();
  for (const { pod: { metadata }, verdict } of judged) {
    const text = textOf(verdict);
    if (text !== undefined) groups.set(text, [...(groups.get(text) ?? []), `${metadata.namespace}/${metadata.name}`]);
  }
  return [...groups].map(([text, pods]) => `${text}: ${pods.join(', ')}`);
}

export const warningsOf = (judged: readonly Judged[]): string => grouped(judged, ({ warning }) => warning).join('; ');

export const errorsOf = (judged: readonly Judged[]): Error[] => grouped(judged, ({ error }) => error).map((text) => new Error(`cannot delete ${text}`));
