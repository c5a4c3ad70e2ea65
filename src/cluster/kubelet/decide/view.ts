import type { Container as ContainerSpec, Pod } from '../../../api/generated/core.v1';
import type { Container, Sandbox } from '../../../runtime/port';
import type { BackoffEntry } from './backoff';

export type ProbeType = 'startup' | 'liveness' | 'readiness';
/** Absent: the probe has not said anything about this container yet. */
export type ProbeVerdict = 'success' | 'failure' | undefined;

/** Why something could not be done, as in state.waiting, and when to try again. */
export interface Failure {
  readonly reason: string;
  readonly message: string;
  readonly retryAtMs: number;
}

export type ImageVerdict = { readonly image: string; readonly imageUser: string } | Failure;

/** Everything that is known of a pod when it is decided what to do. */
export interface PodView {
  readonly pod: Pod;
  /** The API has the pod no more, or another one of its name. */
  readonly gone: boolean;
  /** Newest first, without the one that is being made: it has no network yet. */
  readonly sandboxes: readonly Sandbox[];
  /** The one that is being made, as soon as containers can be created in it. */
  readonly newSandboxId?: string;
  probe(containerId: string, type: ProbeType): ProbeVerdict;
  readonly volumes: 'ready' | 'unknown' | Failure;
  /** Why the sandbox could not be made. */
  readonly sandboxFailure?: Failure;
  /** By `container#attempt`. */
  readonly images: ReadonlyMap<string, ImageVerdict>;
  /** By container: why its last start failed. */
  readonly failures: ReadonlyMap<string, Failure>;
  /** By container: crash back-off. */
  readonly restarts: ReadonlyMap<string, BackoffEntry>;
  /** Keys of the actions that are being carried out. */
  readonly inFlight: ReadonlySet<string>;
  /** Of a pod whose amounts were changed. */
  readonly pendingResize?: PendingResize;
  /** Why the node does not keep it. */
  readonly eviction?: string;
  readonly nowMs: number;
}

export type KillReason = 'deletion' | 'liveness' | 'startup' | 'changed' | 'completed';

/** Why the amounts that a pod asks for now are not given to it: never on this node, or not yet. */
export interface PendingResize {
  readonly reason: 'Infeasible' | 'Deferred';
  readonly message: string;
}

/** `key` names what an action works on: of two with one key only one runs. */
export type Action = { readonly key: string } & (
  | { readonly do: 'mountVolumes' }
  | { readonly do: 'createSandbox'; readonly attempt: number }
  | { readonly do: 'stopSandbox'; readonly id: string }
  | { readonly do: 'removeSandbox'; readonly id: string }
  | { readonly do: 'prepareImage'; readonly container: string; readonly attempt: number }
  | { readonly do: 'startContainer'; readonly container: string; readonly attempt: number; readonly sandboxId: string; readonly imageUser: string; /** When its predecessor ended: the start counts towards its back-off. */ readonly after?: number }
  | { readonly do: 'killContainer'; readonly container: string; readonly id: string; readonly reason: KillReason; /** Empty: the usual words. */ readonly message: string; readonly graceSeconds: number; /** When it must be over, where that can come closer: a pod that is deleted again with less grace. */ readonly deadlineMs?: number }
  | { readonly do: 'resizeContainer'; readonly container: string; readonly id: string }
  | { readonly do: 'removeContainer'; readonly id: string }
  /** Nothing runs any more: write the last status, remove everything, delete the pod from the API. */
  | { readonly do: 'finish' }
);

export interface Decision {
  readonly actions: readonly Action[];
  /** By container: why it is not started now, for its status. */
  readonly waiting: ReadonlyMap<string, { reason: string; message: string }>;
  /** When time alone will change the decision. */
  readonly wakeAtMs?: number;
  /** The pod has to end whatever its containers say. */
  readonly outcome?: { phase: 'Failed'; reason: string; message: string };
}

export const isSidecar = (container: ContainerSpec) => container.restartPolicy === 'Always';

/** `name_namespace(uid)`, as upstream names pods in messages. */
export const podId = ({ metadata }: Pod) => `${metadata.name}_${metadata.namespace}(${metadata.uid})`;

/** The instances of a container, newest first, over all sandboxes or those given. */
export function instances(sandboxes: readonly Sandbox[], name: string): Container[] {
  return sandboxes.flatMap((sandbox) => sandbox.containers.filter((container) => container.name === name)).sort((a, b) => b.attempt - a.attempt);
}

export const latest = (view: Pick<PodView, 'sandboxes'>, name: string): Container | undefined => instances(view.sandboxes, name)[0];

/** The sandbox that containers can be started in. A second one that is ready as well cannot be trusted. */
export function readySandbox(sandboxes: readonly Sandbox[]): Sandbox | undefined {
  const newest = sandboxes[0];
  return newest?.state === 'ready' ? newest : undefined;
}

export const imageKey = (container: string, attempt: number) => `${container}#${attempt}`;
export const isFailure = <T extends object>(value: T | Failure): value is Failure => 'retryAtMs' in value;

/** The container runs already, but its postStart hook does not let it be seen. */
export const isInPostStart = (view: Pick<PodView, 'inFlight'>, { name, lifecycle }: ContainerSpec): boolean =>
  lifecycle?.postStart !== undefined && view.inFlight.has(`container ${name}`);
