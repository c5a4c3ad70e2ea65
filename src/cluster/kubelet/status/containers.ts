import { timestamp } from '../../../api/clock';
import type { Container as ContainerSpec, ContainerState, ContainerStateTerminated, ContainerStatus, Pod } from '../../../api/generated/core.v1';
import type { Container } from '../../../runtime/port';
import { changedResources } from '../decide/resize';
import { instances, isInPostStart, type Decision, type PodView } from '../decide/view';
import { isReady, isStarted } from './readiness';
import { lostState } from './unlocated';

/** The scheme that container ids carry in the API. */
const containerId = (id: string) => `docker://${id}`;
export const runtimeId = (id: string) => id.slice(id.indexOf('://') + 3);

/** After kubelet's convertToAPIContainerStatuses. In the order of the spec for init containers, by name for the others. */
export function containerStatuses(view: PodView, decision: Pick<Decision, 'waiting'>, specs: readonly ContainerSpec[], old: readonly ContainerStatus[] | undefined, kind: 'init' | 'main' | 'ephemeral'): ContainerStatus[] {
  const statuses = specs.map((spec) => containerStatus(view, decision, spec, old?.find(({ name }) => name === spec.name), kind));
  return kind === 'init' ? statuses : statuses.sort((a, b) => (a.name < b.name ? -1 : 1));
}

function containerStatus(view: PodView, decision: Pick<Decision, 'waiting'>, spec: ContainerSpec, old: ContainerStatus | undefined, kind: 'init' | 'main' | 'ephemeral'): ContainerStatus {
  // Init containers start anew with a new sandbox.
  const [current, previous] = instances(kind === 'init' ? view.sandboxes.slice(0, 1) : view.sandboxes, spec.name);
  const status = current ? seen(view, spec, current, previous, old) : unseen(view.pod, spec, old);
  const waiting = decision.waiting.get(spec.name);
  const mayStart = status.state?.terminated === undefined || current !== undefined;
  if (waiting && mayStart && !status.state?.running) {
    if (status.state?.terminated) status.lastState = { terminated: status.state.terminated };
    status.state = { waiting: { reason: waiting.reason, message: waiting.message } };
  }
  if (kind === 'ephemeral') return { ...status, ready: false };
  return { ...status, started: isStarted(view, spec, current), ready: isReady(view, spec, current, kind === 'init') };
}

function seen(view: PodView, spec: ContainerSpec, current: Container, previous: Container | undefined, old: ContainerStatus | undefined): ContainerStatus {
  // Of a predecessor that the runtime has lost what was told stays.
  const remembered = old?.restartCount === current.attempt && current.attempt > 0 ? old.lastState : undefined;
  return {
    name: spec.name,
    state: isInPostStart(view, spec) && current.state === 'running' ? notStarted(view.pod) : stateOf(current),
    lastState: previous ? stateOf(previous) : (remembered ?? {}),
    ready: false,
    restartCount: current.attempt,
    image: current.image,
    imageID: current.imageId,
    containerID: containerId(current.id),
    ...(current.state === 'running' && runningDetails(view, spec, current, old)),
  };
}

/** What upstream tells since 1.33 of the resources and mounts that a container got; those of before, until a resize is done. */
function runningDetails(view: PodView, { resources, volumeMounts, ...spec }: ContainerSpec, current: Container, old: ContainerStatus | undefined): Partial<ContainerStatus> {
  const given = view.pendingResize ? old?.allocatedResources : resources?.requests;
  const isChanging = old?.resources !== undefined && changedResources({ ...spec, resources }, current).length > 0;
  const has = isChanging ? old.resources : resources;
  return {
    ...(given && { allocatedResources: given }),
    resources: { ...(has?.limits && { limits: has.limits }), ...(has?.requests && { requests: has.requests }) },
    ...(volumeMounts?.length && {
      volumeMounts: volumeMounts.map(({ name, mountPath, readOnly, recursiveReadOnly }) => ({
        name, mountPath, ...(readOnly && { readOnly, recursiveReadOnly: recursiveReadOnly ?? 'Disabled' }),
      })),
    }),
  };
}

function stateOf(container: Container): ContainerState {
  if (container.state === 'created') return { waiting: {} };
  if (container.state === 'running') return { running: { startedAt: timestamp(container.startedAtMs ?? container.createdAtMs) } };
  return { terminated: terminatedState(container) };
}

function terminatedState(container: Container): ContainerStateTerminated {
  const message = container.message ?? container.terminationMessage;
  return {
    exitCode: container.exitCode ?? 0,
    reason: terminatedReason(container),
    ...(container.signal !== undefined && { signal: container.signal }),
    ...(message && { message }),
    ...(container.startedAtMs !== undefined && { startedAt: timestamp(container.startedAtMs) }),
    finishedAt: timestamp(container.finishedAtMs ?? container.createdAtMs),
    containerID: containerId(container.id),
  };
}

function terminatedReason({ oomKilled, message, startedAtMs, exitCode }: Container): string {
  if (oomKilled) return 'OOMKilled';
  if (message !== undefined && startedAtMs === undefined) return 'StartError';
  return exitCode === 0 ? 'Completed' : 'Error';
}

const notStarted = ({ spec }: Pod): ContainerState => ({ waiting: { reason: spec.initContainers?.length ? 'PodInitializing' : 'ContainerCreating' } });

/** The runtime knows no container of this name: it was not made yet, or it is lost. */
function unseen(pod: Pod, spec: ContainerSpec, old: ContainerStatus | undefined): ContainerStatus {
  if (old?.state?.terminated) return { ...old };
  const status: ContainerStatus = {
    name: spec.name,
    state: notStarted(pod),
    lastState: old?.lastState ?? {},
    ready: false,
    restartCount: old?.restartCount ?? 0,
    image: spec.image ?? '',
    imageID: '',
  };
  if (!old?.state?.running || status.lastState?.terminated) return status;
  status.lastState = lostState;
  if (!pod.metadata.deletionTimestamp) status.restartCount += 1;
  return status;
}
