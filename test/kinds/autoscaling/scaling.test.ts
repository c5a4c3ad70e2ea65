import fc from 'fast-check';
import type { HorizontalPodAutoscaler, HorizontalPodAutoscalerSpec, MetricSpec } from '../../../src/api/generated/autoscaling.v2';
import type { Pod } from '../../../src/api/generated/core.v1';
import { afterFailedRescale, decideScaling, noHistory, type Decision, type Observation } from '../../../src/kinds/autoscaling/horizontalpodautoscaler/scaling/decide';
import { limit, withScaling, type History } from '../../../src/kinds/autoscaling/horizontalpodautoscaler/scaling/limits';
import { proposeReplicas, type Target } from '../../../src/kinds/autoscaling/horizontalpodautoscaler/scaling/replicas';
import type { PodUsage } from '../../../src/kinds/autoscaling/horizontalpodautoscaler/scaling/usage';

const nowMs = Date.parse('2026-01-01T12:00:00Z');
const longAgo = '2026-01-01T11:00:00Z';
const minutes = 60_000;

interface PodOptions { phase?: string; ready?: 'True' | 'False'; readySince?: string; startTime?: string; deleted?: boolean; request?: string | null }

const pod = (name: string, { phase = 'Running', ready = 'True', readySince = longAgo, startTime = longAgo, deleted, request = '100m' }: PodOptions = {}): Pod => ({
  metadata: { name, namespace: 'default', ...(deleted && { deletionTimestamp: longAgo }) },
  spec: { containers: [{ name: 'main', image: 'x', ...(request && { resources: { requests: { cpu: request } } }) }] },
  status: { phase, startTime, conditions: [{ type: 'Ready', status: ready, lastTransitionTime: readySince }] },
} as Pod);
const using = (cpu: number, ageMs = 0): PodUsage => ({ timestampMs: nowMs - ageMs, windowMs: 15_000, containers: { main: { cpu } } });
const half: Target = { resource: 'cpu', utilization: 50 };

/** Pods a, b, c …, by what they use; undefined: not measured. */
const replicasOf = (usages: (number | undefined)[], target: Target = half, options: Record<number, PodOptions> = {}): number | string => {
  const names = usages.map((_, at) => String.fromCharCode(97 + at));
  const usage = new Map(names.flatMap((name, at) => (usages[at] === undefined ? [] : [[name, using(usages[at])]])));
  try {
    return proposeReplicas(usages.length, target, { pods: names.map((name, at) => pod(name, options[at])), usage, nowMs }).replicas;
  } catch (error) {
    return (error as Error).message;
  }
};

describe('the number of replicas', () => {
  it.each<[string, number | string, number | string]>([
    ['stays when all is as it should be', replicasOf([50, 50]), 2],
    ['stays for a difference within a tenth', replicasOf([54, 54]), 2],
    ['grows with the use', replicasOf([100, 100]), 4],
    ['is rounded up', replicasOf([60, 60]), 3],
    ['shrinks with the use', replicasOf([10, 10, 10, 10]), 1],
    ['counts what is used a pod', replicasOf([300, 100], { resource: 'cpu', averageMilli: 100 }), 4],
    ['of one container', replicasOf([100, 100], { ...half, container: 'main' }), 4],
    ['of a container that is not there', replicasOf([100], { ...half, container: 'other' }), 'unable to get metrics for resource cpu: no metrics returned from resource metrics API'],
    ['does not count pods that are going', replicasOf([100, 400], half, { 1: { deleted: true } }), 2],
    ['takes an unmeasured pod for idle on the way up', replicasOf([150, undefined]), 3],
    ['takes an unmeasured pod for busy on the way down', replicasOf([20, undefined]), 2],
    ['takes a pod that is pending for idle on the way up', replicasOf([150, undefined], half, { 1: { phase: 'Pending' } }), 3],
    ['does not look at what a starting pod uses', replicasOf([50, 900], half, { 1: { startTime: '2026-01-01T11:59:50Z', readySince: '2026-01-01T11:59:55Z' } }), 2],
    ['cannot be told without requests', replicasOf([50], half, { 0: { request: null } }), 'missing request for cpu in container main of Pod a'],
    ['cannot be told without measures', replicasOf([undefined]), 'unable to get metrics for resource cpu: no metrics returned from resource metrics API'],
    ['cannot be told while all pods start', replicasOf([50], half, { 0: { phase: 'Pending' } }), 'did not receive metrics for targeted pods (pods might be unready)'],
  ])('%s', (_, got, wanted) => expect(got).toBe(wanted));

  it('never goes the wrong way', () => {
    fc.assert(fc.property(fc.array(fc.option(fc.integer({ min: 0, max: 500 }), { nil: undefined }), { minLength: 1, maxLength: 20 }), (usages) => {
      const got = replicasOf(usages);
      if (typeof got === 'string') return;
      const known = usages.filter((usage) => usage !== undefined);
      const average = known.reduce((sum, usage) => sum + usage, 0) / known.length;
      if (average >= 50) expect(got).toBeGreaterThanOrEqual(Math.min(usages.length, got));
      if (average > 60) expect(got).toBeGreaterThanOrEqual(known.length === usages.length ? usages.length : 0);
      if (average < 40) expect(got).toBeLessThanOrEqual(usages.length);
    }));
  });
});

describe('limits', () => {
  const spec = (more: Partial<HorizontalPodAutoscalerSpec> = {}): HorizontalPodAutoscalerSpec => ({ scaleTargetRef: { kind: 'Deployment', name: 'x' }, minReplicas: 1, maxReplicas: 10, ...more });
  const before = (replicas: number, agoMs: number): History => ({ ...noHistory, recommendations: [{ atMs: nowMs - agoMs, replicas }] });
  const reasons = (of: HorizontalPodAutoscalerSpec, current: number, wanted: number, history = noHistory) => {
    const { replicas, able, limited } = limit(of, current, wanted, history, nowMs);
    return [replicas, able.reason, limited.reason];
  };
  const rules = (up: object, down: object) => spec({ maxReplicas: 100, behavior: {
    scaleUp: { stabilizationWindowSeconds: 0, selectPolicy: 'Max', policies: [], ...up }, scaleDown: { stabilizationWindowSeconds: 0, selectPolicy: 'Max', policies: [], ...down },
  } } as Partial<HorizontalPodAutoscalerSpec>);

  it.each([
    ['none', reasons(spec(), 3, 4), [4, 'ReadyForNewScale', 'DesiredWithinRange']],
    ['the maximum', reasons(spec(), 8, 20), [10, 'ReadyForNewScale', 'TooManyReplicas']],
    ['twice as many at a time', reasons(spec({ maxReplicas: 100 }), 5, 50), [10, 'ReadyForNewScale', 'ScaleUpLimit']],
    ['four at a time from few', reasons(spec({ maxReplicas: 100 }), 1, 50), [4, 'ReadyForNewScale', 'ScaleUpLimit']],
    ['the minimum', reasons(spec({ minReplicas: 2 }), 4, 1), [2, 'ReadyForNewScale', 'TooFewReplicas']],
    ['a higher recommendation of the last five minutes', reasons(spec(), 6, 2, before(5, 4 * minutes)), [5, 'ScaleDownStabilized', 'DesiredWithinRange']],
    ['none of longer ago', reasons(spec(), 6, 2, before(5, 6 * minutes)), [2, 'ReadyForNewScale', 'DesiredWithinRange']],
    ['rules: so many pods', reasons(rules({ policies: [{ type: 'Pods', value: 3, periodSeconds: 60 }] }, {}), 5, 50), [8, 'ReadyForNewScale', 'ScaleUpLimit']],
    ['rules: the more generous of two', reasons(rules({ policies: [{ type: 'Pods', value: 3, periodSeconds: 60 }, { type: 'Percent', value: 100, periodSeconds: 60 }] }, {}), 5, 50), [10, 'ReadyForNewScale', 'ScaleUpLimit']],
    ['rules: the stricter of two', reasons(rules({ selectPolicy: 'Min', policies: [{ type: 'Pods', value: 3, periodSeconds: 60 }, { type: 'Percent', value: 100, periodSeconds: 60 }] }, {}), 5, 50), [8, 'ReadyForNewScale', 'ScaleUpLimit']],
    ['rules: no way up', reasons(rules({ selectPolicy: 'Disabled' }, {}), 5, 50), [5, 'ReadyForNewScale', 'ScaleUpLimit']],
    ['rules: a share down', reasons(rules({}, { policies: [{ type: 'Percent', value: 10, periodSeconds: 60 }] }), 50, 1), [45, 'ReadyForNewScale', 'ScaleDownLimit']],
    ['rules: what was added in the period counts', reasons(rules({ policies: [{ type: 'Pods', value: 3, periodSeconds: 60 }] }, {}), 7, 50, { ...noHistory, ups: [{ atMs: nowMs - 30_000, change: 2 }] }), [8, 'ReadyForNewScale', 'ScaleUpLimit']],
    ['rules: a lower recommendation of the window', reasons(rules({ stabilizationWindowSeconds: 120, policies: [{ type: 'Percent', value: 900, periodSeconds: 60 }] }, {}), 5, 20, before(6, minutes)), [6, 'ScaleUpStabilized', 'DesiredWithinRange']],
  ])('%s', (_, got, wanted) => expect(got).toEqual(wanted));

  it('remember what was done only where rules ask for it', () => {
    expect(withScaling(noHistory, spec(), 1, 3, nowMs)).toBe(noHistory);
    expect(withScaling(noHistory, rules({ policies: [{ type: 'Pods', value: 1, periodSeconds: 60 }] }, {}), 1, 3, nowMs).ups).toEqual([{ atMs: nowMs, change: 2 }]);
    expect(withScaling(noHistory, rules({}, {}), 3, 1, nowMs).downs).toEqual([{ atMs: nowMs, change: 2 }]);
  });
});

describe('the decision', () => {
  const autoscaler = (metrics: MetricSpec[] = [{ type: 'Resource', resource: { name: 'cpu', target: { type: 'Utilization', averageUtilization: 50 } } }]): HorizontalPodAutoscaler =>
    ({ metadata: { name: 'web', namespace: 'default' }, spec: { scaleTargetRef: { apiVersion: 'apps/v1', kind: 'Deployment', name: 'web' }, minReplicas: 1, maxReplicas: 5, metrics } });
  const observe = (usages: number[], more: Partial<Observation> = {}): Observation => ({
    autoscaler: autoscaler(), scale: { replicas: usages.length, selector: 'app=web' }, history: noHistory, nowMs,
    measured: { pods: usages.map((_, at) => pod(`p${at}`)), usage: new Map(usages.map((usage, at) => [`p${at}`, using(usage)])), nowMs },
    ...more,
  });
  const conditions = ({ status }: Decision) => Object.fromEntries((status.conditions ?? []).map(({ type, status: is, reason }) => [type, `${is} ${reason}`]));
  const told = ({ events }: Decision) => events.map(({ severity, reason, message }) => `${severity} ${reason} ${message}`);

  it('is to do nothing when everything is good', () => {
    const decision = decideScaling(observe([50, 50]));
    expect(decision.rescale).toBeUndefined();
    expect(told(decision)).toEqual([]);
    expect(conditions(decision)).toEqual({ AbleToScale: 'True ReadyForNewScale', ScalingActive: 'True ValidMetricFound', ScalingLimited: 'False DesiredWithinRange' });
    expect(decision.status).toMatchObject({ currentReplicas: 2, desiredReplicas: 2, currentMetrics: [{ type: 'Resource', resource: { name: 'cpu', current: { averageUtilization: 50, averageValue: '50m' } } }] });
  });

  it('is to scale up, and says why', () => {
    const decision = decideScaling(observe([90, 110]));
    expect(decision.rescale).toEqual({ replicas: 4, reason: 'cpu resource utilization (percentage of request) above target' });
    expect(told(decision)).toEqual(['Normal SuccessfulRescale New size: 4; reason: cpu resource utilization (percentage of request) above target']);
    expect(conditions(decision).AbleToScale).toBe('True SucceededRescale');
    expect(decision.status).toMatchObject({ currentReplicas: 2, desiredReplicas: 4, lastScaleTime: '2026-01-01T12:00:00Z' });
  });

  it('is to wait before it scales down', () => {
    const first = decideScaling(observe([1, 1, 1]));
    expect(first.rescale).toBeUndefined();
    expect(conditions(first).AbleToScale).toBe('True ScaleDownStabilized');
    const later = decideScaling({ ...observe([1, 1, 1]), history: first.history, nowMs: nowMs + 6 * minutes });
    expect(later.rescale).toEqual({ replicas: 1, reason: 'All metrics below target' });
  });

  it.each<[string, Partial<Observation>, Decision['rescale'], string]>([
    ['more than the maximum', { scale: { replicas: 9, selector: 'app=web' } }, { replicas: 5, reason: 'Current number of replicas above Spec.MaxReplicas' }, 'True SucceededRescale'],
    ['a target that was switched off', { scale: { replicas: 0, selector: 'app=web' } }, undefined, 'True SucceededGetScale'],
  ])('knows %s', (_, more, rescale, able) => {
    const decision = decideScaling(observe([50, 50], more));
    expect(decision.rescale).toEqual(rescale);
    expect(conditions(decision).AbleToScale).toBe(able);
  });

  it('says what keeps it from deciding', () => {
    const gone = decideScaling(observe([50], { scale: new Error('deployments.apps "web" not found') }));
    expect(told(gone)).toEqual(['Warning FailedGetScale deployments.apps "web" not found']);
    const blind = decideScaling(observe([]  as number[], { scale: { replicas: 2, selector: 'app=web' }, measured: { pods: [pod('a')], usage: new Map(), nowMs } }));
    expect(conditions(blind).ScalingActive).toBe('False FailedGetResourceMetric');
    expect(told(blind)).toEqual([
      'Warning FailedGetResourceMetric failed to get cpu utilization: unable to get metrics for resource cpu: no metrics returned from resource metrics API',
      'Warning FailedComputeMetricsReplicas invalid metrics (1 invalid out of 1), first error is: failed to get cpu resource metric value: failed to get cpu utilization: unable to get metrics for resource cpu: no metrics returned from resource metrics API',
    ]);
    const loose = decideScaling(observe([50], { scale: { replicas: 1, selector: '' } }));
    expect(conditions(loose).ScalingActive).toBe('False InvalidSelector');
  });

  it('lets a metric that says nothing keep it from scaling down, not from scaling up', () => {
    const both = autoscaler([...autoscaler().spec!.metrics!, { type: 'Pods', pods: { metric: { name: 'rps' }, target: { type: 'AverageValue', averageValue: '1' } } }]);
    expect(decideScaling(observe([100, 100], { autoscaler: both })).rescale?.replicas).toBe(4);
    const down = decideScaling(observe([1, 1], { autoscaler: both }));
    expect(down.rescale).toBeUndefined();
    expect(conditions(down).ScalingActive).toBe('False FailedGetPodsMetric');
  });

  it('says so when the target could not be set', () => {
    const failed = afterFailedRescale(decideScaling(observe([100, 100])), autoscaler(), 2, new Error('no'), nowMs);
    expect(told(failed)).toEqual(['Warning FailedRescale New size: 4; reason: cpu resource utilization (percentage of request) above target; error: no']);
    expect(conditions(failed).AbleToScale).toBe('False FailedUpdateScale');
    expect(failed.rescale).toBeUndefined();
  });
});
