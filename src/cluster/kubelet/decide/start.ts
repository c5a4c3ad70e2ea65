import { formatGoDuration } from '../../../api/duration';
import type { Container as ContainerSpec } from '../../../api/generated/core.v1';
import { backoffEnd } from './backoff';
import { nextAttempt } from './restart';
import { imageKey, isFailure, latest, podId, type Action, type PodView } from './view';

/** How far a container is from being started: the next step, or what it waits for. */
export interface Step {
  action?: Action;
  waiting?: { reason: string; message: string };
  wakeAtMs?: number;
}

/** Without a sandbox the image is looked after meanwhile. */
export function startStep(view: PodView, spec: ContainerSpec, sandboxId: string | undefined): Step {
  const instance = latest(view, spec.name);
  const attempt = nextAttempt(view.pod, spec, instance);
  if (view.inFlight.has(`container ${spec.name}`)) return {};

  const finishedAtMs = instance?.state === 'exited' ? (instance.finishedAtMs ?? instance.createdAtMs) : undefined;
  const backoff = view.restarts.get(spec.name);
  const endMs = finishedAtMs === undefined ? undefined : backoffEnd(backoff, finishedAtMs, view.nowMs);
  if (endMs !== undefined) return { waiting: crashLoop(view, spec, backoff!.delayMs), wakeAtMs: endMs };

  const failure = view.failures.get(spec.name);
  if (failure && failure.retryAtMs > view.nowMs) return { waiting: failure, wakeAtMs: failure.retryAtMs };

  const verdict = view.images.get(imageKey(spec.name, attempt));
  if (!verdict || isFailure(verdict)) {
    if (verdict && verdict.retryAtMs > view.nowMs) return { waiting: verdict, wakeAtMs: verdict.retryAtMs };
    const waiting = verdict ?? failure;
    return { action: { do: 'prepareImage', key: `image ${spec.name}`, container: spec.name, attempt }, ...(waiting && { waiting }) };
  }
  if (sandboxId === undefined) return { ...(failure && { waiting: failure }) };
  return {
    action: {
      do: 'startContainer', key: `container ${spec.name}`, container: spec.name, attempt, sandboxId, imageUser: verdict.imageUser,
      ...(finishedAtMs !== undefined && { after: finishedAtMs }),
    },
    ...(failure && { waiting: failure }),
  };
}

const crashLoop = (view: PodView, spec: ContainerSpec, delayMs: number) => ({
  reason: 'CrashLoopBackOff',
  message: `back-off ${formatGoDuration(delayMs)} restarting failed container=${spec.name} pod=${podId(view.pod)}`,
});
