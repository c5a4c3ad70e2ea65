import { deepEqual } from '../../../api/equal';
import { isReason } from '../../../api/errors';
import type { HorizontalPodAutoscaler } from '../../../api/generated/autoscaling.v2';
import { groupVersion, objectKey } from '../../../api/meta';
import { createRecorder } from '../../../client/record';
import { afterFailedRescale, decideScaling, noHistory, type Decision, type History } from '../../../kinds/autoscaling/horizontalpodautoscaler/scaling/decide';
import { horizontalPodAutoscalers } from '../../../kinds/resources';
import type { Loop, LoopOptions } from '../controller';
import type { KindSource } from '../kind-source';
import { WorkQueue } from '../work-queue';
import { measure } from './measure';
import { findScale, setScale, type Target } from './scale';

const workers = 5;

/** Milliseconds between two looks at one autoscaler. Upstream's --horizontal-pod-autoscaler-sync-period. */
const periodMs = 15_000;

/** After k8s.io/kubernetes/pkg/controller/podautoscaler. */
export function startHorizontalPodAutoscaler(kinds: KindSource, options: LoopOptions): Loop {
  const { client, informers, clock, log, observeQueue } = options;
  const autoscalers = informers.for<HorizontalPodAutoscaler>(horizontalPodAutoscalers);
  const recorder = createRecorder({ client, clock, log, component: 'horizontal-pod-autoscaler' });
  const histories = new Map<string, History>();
  const queue: WorkQueue = new WorkQueue({ clock, workers, work, observer: observeQueue?.('horizontalpodautoscaler') });
  const unsubscribe = autoscalers.subscribe({
    added: (autoscaler) => queue.add(objectKey(autoscaler)),
    updated: (autoscaler, old) => {
      if (!deepEqual(autoscaler.spec, old.spec)) queue.add(objectKey(autoscaler));
    },
    deleted: (autoscaler) => void histories.delete(objectKey(autoscaler)),
  });
  let stopped = false;
  void autoscalers.synced.then(() => !stopped && queue.start(), () => undefined);

  async function work(key: string): Promise<void> {
    const [namespace, name] = key.split('/') as [string, string];
    const autoscaler = autoscalers.get(name, namespace);
    if (!autoscaler?.spec) return;
    try {
      await look(key, autoscaler);
    } catch (error) {
      if (!isReason(error, 'Conflict', 'NotFound')) log(`autoscaler ${key}: ${error instanceof Error ? error.message : String(error)}`);
    }
    queue.addAfter(key, periodMs);
  }

  async function look(key: string, autoscaler: HorizontalPodAutoscaler): Promise<void> {
    const target = await findScale(client, kinds, autoscaler);
    const scale = target instanceof Error ? target : { replicas: target.scale.spec?.replicas ?? 0, selector: target.scale.status?.selector ?? '' };
    const measured = scale instanceof Error ? scale : await measure(client, informers, autoscaler.metadata.namespace!, scale.selector, clock.now());
    const observation = { autoscaler, scale, measured, history: histories.get(key) ?? noHistory, nowMs: clock.now() };
    const decision = await rescale(autoscaler, target, decideScaling(observation));
    histories.set(key, decision.history);
    for (const { severity, reason, message } of decision.events) recorder.record({ about: referenceTo(autoscaler), severity, reason, message });
    if (deepEqual(autoscaler.status, decision.status)) return;
    await client.update(horizontalPodAutoscalers, { ...autoscaler, apiVersion: groupVersion(horizontalPodAutoscalers), kind: horizontalPodAutoscalers.kind, status: decision.status }, { subresource: 'status' });
  }

  async function rescale(autoscaler: HorizontalPodAutoscaler, target: Target | Error, decision: Decision): Promise<Decision> {
    if (!decision.rescale || target instanceof Error) return decision;
    try {
      await setScale(client, target, decision.rescale.replicas);
      return decision;
    } catch (error) {
      return afterFailedRescale(decision, autoscaler, target.scale.spec?.replicas ?? 0, error as Error, clock.now());
    }
  }

  return {
    async stop() {
      stopped = true;
      unsubscribe();
      await queue.stop();
      await recorder.idle();
    },
  };
}

const referenceTo = ({ metadata: { name, namespace, uid, resourceVersion } }: HorizontalPodAutoscaler) => ({
  kind: horizontalPodAutoscalers.kind, apiVersion: groupVersion(horizontalPodAutoscalers), name, namespace: namespace!, uid: uid!, resourceVersion: resourceVersion!,
});
