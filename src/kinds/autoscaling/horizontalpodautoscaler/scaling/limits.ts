import type { HorizontalPodAutoscalerSpec, HPAScalingPolicy, HPAScalingRules } from '../../../../api/generated/autoscaling.v2';

interface Timed {
  readonly atMs: number;
}

/** What was wanted and done before, which later decisions go by. */
export interface History {
  readonly recommendations: readonly (Timed & { readonly replicas: number })[];
  readonly ups: readonly (Timed & { readonly change: number })[];
  readonly downs: readonly (Timed & { readonly change: number })[];
}

export const noHistory: History = { recommendations: [], ups: [], downs: [] };

interface Verdict {
  readonly replicas: number;
  readonly reason: string;
  readonly message: string;
}

export interface Limited {
  readonly replicas: number;
  readonly able: { readonly reason: string; readonly message: string };
  readonly limited: { readonly isLimited: boolean; readonly reason: string; readonly message: string };
  readonly history: History;
}

const downscaleWindowSeconds = 300;

const within: Omit<Verdict, 'replicas'> = { reason: 'DesiredWithinRange', message: 'the desired count is within the acceptable range' };
const reasons = {
  ScaleUpLimit: 'the desired replica count is increasing faster than the maximum scale rate',
  ScaleDownLimit: 'the desired replica count is decreasing faster than the maximum scale rate',
  TooManyReplicas: 'the desired replica count is more than the maximum replica count',
  TooFewReplicas: 'the desired replica count is less than the minimum replica count',
} as const;
const verdict = (replicas: number, reason: keyof typeof reasons): Verdict => ({ replicas, reason, message: reasons[reason] });

const lowered = { reason: 'ScaleDownStabilized', message: 'recent recommendations were higher than current one, applying the highest recent recommendation' };
const raised = { reason: 'ScaleUpStabilized', message: 'recent recommendations were lower than current one, applying the lowest recent recommendation' };
const free = { reason: 'ReadyForNewScale', message: 'recommended size matches current size' };

/** The wanted number, held back by windows, rates and bounds. After normalizeDesiredReplicas(WithBehaviors). */
export function limit(spec: HorizontalPodAutoscalerSpec, current: number, wanted: number, history: History, nowMs: number): Limited {
  const { behavior, minReplicas: min = 1, maxReplicas: max } = spec;
  const rules = behavior && { up: behavior.scaleUp!, down: behavior.scaleDown! };
  const windows = { up: rules?.up.stabilizationWindowSeconds ?? 0, down: rules?.down.stabilizationWindowSeconds ?? downscaleWindowSeconds };
  const steady = stabilise(current, wanted, windows, history, nowMs, rules === undefined);
  const result = rules ? boundByRules(current, steady, min, max, rules, history, nowMs) : bound(current, steady, min, max);
  const isUp = rules !== undefined && wanted >= current;
  return {
    replicas: result.replicas,
    able: steady === wanted ? free : isUp ? raised : lowered,
    limited: { isLimited: result.replicas !== steady, reason: result.reason, message: result.message },
    history: { ...history, recommendations: [...fresh(history.recommendations, Math.max(windows.up, windows.down), nowMs), { atMs: nowMs, replicas: wanted }] },
  };
}

const fresh = <T extends Timed>(samples: readonly T[], seconds: number, nowMs: number): T[] => samples.filter(({ atMs }) => atMs > nowMs - seconds * 1000);

/** Up no further than the lowest, down no further than the highest recommendation of the window. */
function stabilise(current: number, wanted: number, { up, down }: { up: number; down: number }, { recommendations }: History, nowMs: number, isPlain: boolean): number {
  const highest = Math.max(wanted, ...fresh(recommendations, down, nowMs).map(({ replicas }) => replicas));
  if (isPlain) return highest;
  const lowest = Math.min(wanted, ...fresh(recommendations, up, nowMs).map(({ replicas }) => replicas));
  return Math.min(Math.max(current, lowest), highest);
}

/** Without rules: at most twice as many at a time, and four at any rate. */
function bound(current: number, wanted: number, min: number, max: number): Verdict {
  const rate = Math.max(2 * current, 4);
  if (wanted < min) return verdict(min, 'TooFewReplicas');
  if (wanted > Math.min(max, rate)) return max > rate ? verdict(rate, 'ScaleUpLimit') : verdict(max, 'TooManyReplicas');
  return { replicas: wanted, ...within };
}

function boundByRules(current: number, wanted: number, min: number, max: number, rules: { up: HPAScalingRules; down: HPAScalingRules }, history: History, nowMs: number): Verdict {
  if (wanted > current) {
    const most = Math.max(current, upLimit(current, rules.up, history, nowMs));
    if (wanted > Math.min(max, most)) return max > most ? verdict(most, 'ScaleUpLimit') : verdict(max, 'TooManyReplicas');
  } else if (wanted < current) {
    const least = Math.min(current, downLimit(current, rules.down, history, nowMs));
    if (wanted < Math.max(min, least)) return min < least ? verdict(least, 'ScaleDownLimit') : verdict(min, 'TooFewReplicas');
  }
  return { replicas: wanted, ...within };
}

/** What there was at the beginning of a policy's period. */
function atStart(current: number, { periodSeconds }: HPAScalingPolicy, { ups, downs }: History, nowMs: number): number {
  const changed = (samples: History['ups']) => fresh(samples, periodSeconds, nowMs).reduce((sum, { change }) => sum + change, 0);
  return current - changed(ups) + changed(downs);
}

function upLimit(current: number, { selectPolicy, policies = [] }: HPAScalingRules, history: History, nowMs: number): number {
  if (selectPolicy === 'Disabled') return current;
  const proposals = policies.map((policy) => {
    const start = atStart(current, policy, history, nowMs);
    return policy.type === 'Pods' ? start + policy.value : Math.ceil(start * (1 + policy.value / 100));
  });
  return selectPolicy === 'Min' ? Math.min(...proposals) : Math.max(...proposals);
}

function downLimit(current: number, { selectPolicy, policies = [] }: HPAScalingRules, history: History, nowMs: number): number {
  if (selectPolicy === 'Disabled') return current;
  const proposals = policies.map((policy) => {
    const start = atStart(current, policy, history, nowMs);
    return policy.type === 'Pods' ? start - policy.value : Math.floor(start * (1 - policy.value / 100));
  });
  return selectPolicy === 'Min' ? Math.max(...proposals) : Math.min(...proposals);
}

const longestPeriod = (rules: HPAScalingRules | undefined) => Math.max(0, ...(rules?.policies ?? []).map(({ periodSeconds }) => periodSeconds));

/** With what was done, as far as rules ask for it. */
export function withScaling(history: History, { behavior }: HorizontalPodAutoscalerSpec, from: number, to: number, nowMs: number): History {
  if (!behavior || from === to) return history;
  const sample = { atMs: nowMs, change: Math.abs(to - from) };
  return to > from
    ? { ...history, ups: [...fresh(history.ups, longestPeriod(behavior.scaleUp), nowMs), sample] }
    : { ...history, downs: [...fresh(history.downs, longestPeriod(behavior.scaleDown), nowMs), sample] };
}
