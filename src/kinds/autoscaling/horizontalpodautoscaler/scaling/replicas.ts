import type { Pod } from '../../../../api/generated/core.v1';
import { groupPods, requestsOf, usageOf, type Usage } from './usage';

export interface Measured {
  readonly pods: readonly Pod[];
  readonly usage: Usage;
  readonly nowMs: number;
}

export interface Proposal {
  readonly replicas: number;
  /** Percent of the requests; with a target of utilization only. */
  readonly utilization?: number;
  /** Of a pod, in thousandths. */
  readonly average: number;
}

export interface Target {
  readonly resource: string;
  readonly container?: string;
  /** Percent of what is requested, or thousandths of the resource's unit a pod. */
  readonly utilization?: number;
  readonly averageMilli?: number;
}

/** Differences smaller than this are none. */
const tolerance = 0.1;

interface Ratio {
  readonly ratio: number;
  readonly utilization?: number;
  readonly average: number;
}

/** How many replicas would bring the pods to their target. Throws with the reason when that cannot be said. After ReplicaCalculator. */
export function proposeReplicas(current: number, target: Target, { pods, usage, nowMs }: Measured): Proposal {
  const { resource, container } = target;
  const used = usageOf(usage, resource, container);
  if (used.size === 0) throw new Error(`unable to get metrics for resource ${resource}: no metrics returned from resource metrics API`);
  if (pods.length === 0) throw new Error('no pods returned by selector while calculating replica count');
  const groups = groupPods(pods, used, (name) => usage.get(name), resource, nowMs);
  const left = new Map([...used].filter(([name]) => !groups.ignored.has(name) && !groups.unready.has(name)));
  if (left.size === 0) throw new Error('did not receive metrics for targeted pods (pods might be unready)');
  const requests = target.utilization === undefined ? undefined : requestsOf(pods, resource, container);
  const ratioOf = (amounts: ReadonlyMap<string, number>) => (requests ? utilizationRatio(amounts, requests, target.utilization!) : averageRatio(amounts, target.averageMilli!));
  const first = ratioOf(left);
  const said = { average: Math.floor(first.average), ...(first.utilization !== undefined && { utilization: first.utilization }) };
  const scalesUpWithUnready = groups.unready.size > 0 && first.ratio > 1;
  if (!scalesUpWithUnready && groups.missing.size === 0) {
    return { ...said, replicas: isNear(first.ratio) ? current : Math.ceil(first.ratio * groups.ready) };
  }
  const guessed = withGuesses(left, groups.missing, scalesUpWithUnready ? groups.unready : new Set(), first.ratio, guessOf(target, requests));
  return { ...said, replicas: cautiousReplicas(current, first.ratio, ratioOf(guessed).ratio, guessed.size) };
}

const isNear = (ratio: number) => Math.abs(1 - ratio) <= tolerance;

/** What a pod that was not measured is taken to use when fewer replicas seem to do: all that it asks for, or what is wanted of it. */
function guessOf({ utilization, averageMilli }: Target, requests: ReadonlyMap<string, number> | undefined): (pod: string) => number {
  if (!requests) return () => averageMilli!;
  return (pod) => Math.floor(((requests.get(pod) ?? 0) * Math.max(100, utilization!)) / 100);
}

/** On the side of caution: neither up nor down for the sake of pods of which nothing is known. */
function withGuesses(known: ReadonlyMap<string, number>, missing: ReadonlySet<string>, unready: ReadonlySet<string>, ratio: number, guess: (pod: string) => number): Map<string, number> {
  const amounts = new Map(known);
  for (const pod of missing) {
    if (ratio < 1) amounts.set(pod, guess(pod));
    else if (ratio > 1) amounts.set(pod, 0);
  }
  for (const pod of unready) amounts.set(pod, 0);
  return amounts;
}

function cautiousReplicas(current: number, before: number, after: number, podCount: number): number {
  if (isNear(after) || (before < 1 && after > 1) || (before > 1 && after < 1)) return current;
  const replicas = Math.ceil(after * podCount);
  return (after < 1 && replicas > current) || (after > 1 && replicas < current) ? current : replicas;
}

const sum = (amounts: Iterable<number>) => [...amounts].reduce((total, amount) => total + amount, 0);

function utilizationRatio(amounts: ReadonlyMap<string, number>, requests: ReadonlyMap<string, number>, target: number): Ratio {
  const measured = [...amounts].filter(([pod]) => requests.has(pod));
  const requested = sum(measured.map(([pod]) => requests.get(pod)!));
  if (requested === 0) throw new Error('no metrics returned matched known pods');
  const used = sum(measured.map(([, amount]) => amount));
  const utilization = Math.floor((used * 100) / requested);
  return { ratio: utilization / target, utilization, average: used / measured.length };
}

function averageRatio(amounts: ReadonlyMap<string, number>, target: number): Ratio {
  const average = sum(amounts.values()) / amounts.size;
  return { ratio: Math.floor(average) / target, average };
}
