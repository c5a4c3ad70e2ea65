import { timestamp } from '../../../../api/clock';
import type { HorizontalPodAutoscaler, HorizontalPodAutoscalerCondition, HorizontalPodAutoscalerStatus, MetricStatus } from '../../../../api/generated/autoscaling.v2';
import { limit, noHistory, withScaling, type History } from './limits';
import { isMetricFailure, judgeMetric, type MetricFailure, type MetricOutcome } from './metric';
import type { Measured } from './replicas';

export interface Observation {
  readonly autoscaler: HorizontalPodAutoscaler;
  /** Of the target; an error where it has none. */
  readonly scale: { readonly replicas: number; readonly selector: string } | Error;
  /** Of the pods that the selector matches; an error when nothing measures them. */
  readonly measured: Measured | Error;
  readonly history: History;
  readonly nowMs: number;
}

export interface Told {
  readonly severity: 'Normal' | 'Warning';
  readonly reason: string;
  readonly message: string;
}

export interface Decision {
  /** What the target is to be set to. */
  readonly rescale?: { readonly replicas: number; readonly reason: string };
  readonly status: HorizontalPodAutoscalerStatus;
  readonly events: readonly Told[];
  readonly history: History;
}

type ConditionType = 'AbleToScale' | 'ScalingActive' | 'ScalingLimited';

/** The conditions of a status, in the order in which they came. */
class Conditions {
  private readonly list: HorizontalPodAutoscalerCondition[];

  constructor(known: readonly HorizontalPodAutoscalerCondition[], private readonly nowMs: number) {
    this.list = known.map((condition) => ({ ...condition }));
  }

  set(type: ConditionType, status: 'True' | 'False', reason: string, message: string): void {
    const known = this.list.find((condition) => condition.type === type);
    if (!known) return void this.list.push({ type, status, reason, message, lastTransitionTime: timestamp(this.nowMs) });
    if (known.status !== status) known.lastTransitionTime = timestamp(this.nowMs);
    Object.assign(known, { status, reason, message });
  }

  all(): HorizontalPodAutoscalerCondition[] {
    return this.list;
  }
}

/** After reconcileAutoscaler of k8s.io/kubernetes/pkg/controller/podautoscaler/horizontal.go. */
export function decideScaling(observation: Observation): Decision {
  const { autoscaler, scale, nowMs } = observation;
  const conditions = new Conditions(autoscaler.status?.conditions ?? [], nowMs);
  if (scale instanceof Error) {
    conditions.set('AbleToScale', 'False', 'FailedGetScale', `the HPA controller was unable to get the target's current scale: ${scale.message}`);
    return { status: { ...statusOf(autoscaler), conditions: conditions.all() }, events: [warning('FailedGetScale', scale.message)], history: observation.history };
  }
  conditions.set('AbleToScale', 'True', 'SucceededGetScale', "the HPA controller was able to get the target's current scale");
  const history = observation.history.recommendations.length > 0 ? observation.history : { ...observation.history, recommendations: [{ atMs: nowMs, replicas: scale.replicas }] };
  return withScale({ ...observation, scale, history }, conditions);
}

type WithScale = Observation & { readonly scale: Exclude<Observation['scale'], Error> };

function withScale(observation: WithScale, conditions: Conditions): Decision {
  const { autoscaler, scale, history } = observation;
  const { minReplicas = 1, maxReplicas } = autoscaler.spec!;
  const current = scale.replicas;
  if (current === 0 && minReplicas !== 0) {
    conditions.set('ScalingActive', 'False', 'ScalingDisabled', 'scaling is disabled since the replica count of the target is zero');
    return outcome(observation, conditions, current, undefined, [], history);
  }
  if (current > maxReplicas) return outcome(observation, conditions, maxReplicas, 'Current number of replicas above Spec.MaxReplicas', [], history);
  if (current < minReplicas) return outcome(observation, conditions, minReplicas, 'Current number of replicas below Spec.MinReplicas', [], history);
  return byMetrics(observation, conditions);
}

function byMetrics(observation: WithScale, conditions: Conditions): Decision {
  const { autoscaler, scale, history, nowMs } = observation;
  const judged = judgeAll(observation, conditions);
  if ('failure' in judged) {
    const status = { ...statusOf(autoscaler), currentReplicas: scale.replicas, conditions: conditions.all() };
    return { status, events: [...judged.events, warning('FailedComputeMetricsReplicas', judged.failure)], history };
  }
  const { replicas, name } = judged;
  const reason = replicas > scale.replicas ? `${name} above target` : 'All metrics below target';
  const limited = limit(autoscaler.spec!, scale.replicas, replicas, history, nowMs);
  conditions.set('AbleToScale', 'True', limited.able.reason, limited.able.message);
  conditions.set('ScalingLimited', limited.limited.isLimited ? 'True' : 'False', limited.limited.reason, limited.limited.message);
  return outcome({ ...observation, history: limited.history }, conditions, limited.replicas, reason, judged.statuses, limited.history, judged.events);
}

type Judged = { readonly events: readonly Told[] } & ({ readonly failure: string } | { readonly replicas: number; readonly name: string; readonly statuses: readonly MetricStatus[] });

/** The highest proposal counts. A metric that says nothing does not keep the others from adding replicas, only from removing some. */
function judgeAll({ autoscaler, scale, measured }: WithScale, conditions: Conditions): Judged {
  if (!scale.selector) {
    conditions.set('ScalingActive', 'False', 'InvalidSelector', "the HPA target's scale is missing a selector");
    return { failure: 'selector is required', events: [warning('SelectorRequired', 'selector is required')] };
  }
  const metrics = autoscaler.spec!.metrics ?? [];
  const outcomes: MetricOutcome[] = [];
  const failures: MetricFailure[] = [];
  for (const spec of metrics) {
    try {
      outcomes.push(judgeMetric(spec, scale.replicas, measured));
    } catch (error) {
      if (!isMetricFailure(error)) throw error;
      failures.push(error);
    }
  }
  const events = failures.map(({ reason, message }) => warning(reason, message));
  const best = outcomes.reduce<MetricOutcome | undefined>((highest, each) => (highest && highest.replicas >= each.replicas ? highest : each), undefined);
  const [first] = failures;
  if (!best || (first && best.replicas < scale.replicas)) {
    conditions.set('ScalingActive', 'False', first!.reason, `the HPA was unable to compute the replica count: ${first!.message}`);
    return { failure: `invalid metrics (${failures.length} invalid out of ${metrics.length}), first error is: ${first!.told}`, events };
  }
  conditions.set('ScalingActive', 'True', 'ValidMetricFound', `the HPA was able to successfully calculate a replica count from ${best.name}`);
  return { replicas: best.replicas, name: best.name, statuses: outcomes.map(({ status }) => status), events };
}

/** The target is set first; the status says what was tried, and the runner corrects it should that fail. */
function outcome({ autoscaler, scale, nowMs }: WithScale, conditions: Conditions, desired: number, reason: string | undefined, metrics: readonly MetricStatus[], history: History, events: readonly Told[] = []): Decision {
  const isRescaled = reason !== undefined && desired !== scale.replicas;
  if (isRescaled) conditions.set('AbleToScale', 'True', 'SucceededRescale', `the HPA controller was able to update the target scale to ${desired}`);
  const status: HorizontalPodAutoscalerStatus = {
    ...statusOf(autoscaler), currentReplicas: scale.replicas, desiredReplicas: isRescaled ? desired : scale.replicas,
    currentMetrics: [...metrics], conditions: conditions.all(), ...(isRescaled && { lastScaleTime: timestamp(nowMs) }),
  };
  if (!isRescaled) return { status, events, history };
  return {
    status, rescale: { replicas: desired, reason: reason }, history: withScaling(history, autoscaler.spec!, scale.replicas, desired, nowMs),
    events: [...events, { severity: 'Normal', reason: 'SuccessfulRescale', message: `New size: ${desired}; reason: ${reason}` }],
  };
}

const statusOf = ({ status }: HorizontalPodAutoscaler): HorizontalPodAutoscalerStatus => ({ ...status, desiredReplicas: status?.desiredReplicas ?? 0, currentMetrics: status?.currentMetrics ?? [] });

/** What the status says when the target could not be set. */
export function afterFailedRescale(decision: Decision, autoscaler: HorizontalPodAutoscaler, currentReplicas: number, error: Error, nowMs: number): Decision {
  const { replicas, reason } = decision.rescale!;
  const conditions = new Conditions(decision.status.conditions ?? [], nowMs);
  conditions.set('AbleToScale', 'False', 'FailedUpdateScale', `the HPA controller was unable to update the target scale: ${error.message}`);
  return {
    history: decision.history, status: { ...statusOf(autoscaler), currentReplicas, conditions: conditions.all() },
    events: [...decision.events.filter(({ severity }) => severity === 'Warning'), warning('FailedRescale', `New size: ${replicas}; reason: ${reason}; error: ${error.message}`)],
  };
}

const warning = (reason: string, message: string): Told => ({ severity: 'Warning', reason, message });

export { noHistory, type History };
