import { sleep } from '../../../api/clock';
import { isReason } from '../../../api/errors';
import type { Container, Pod } from '../../../api/generated/core.v1';
import { nextBackoff } from '../decide/backoff';
import { asAllocated } from '../decide/resize';
import { allContainers } from '../decide/terminate';
import { imageKey, readySandbox, type Action } from '../decide/view';
import { environment } from '../env/env';
import { pods } from '../resources';
import { containerSpec } from '../spec/container';
import { containerResources } from '../spec/resources';
import { sandboxSpec } from '../spec/sandbox';
import { runHook } from './hooks';
import { placeOf, type Host } from './host';
import type { PodState, SandboxInMaking } from './state';
import { mountOwnFiles, mountVolumes } from './volumes';
import { runtimeUid } from '../spec/uid';

export interface Operation {
  host: Host;
  state: PodState;
  signal: AbortSignal;
  /** Has the whole of the pod looked at again. */
  wake: () => void;
  /** Writes the status with which the pod ends. */
  writeLastStatus: () => Promise<void>;
}

type Of<Name extends Action['do']> = Extract<Action, { do: Name }>;
type Carry<Name extends Action['do']> = (operation: Operation, action: Of<Name>) => Promise<void>;

/** How each action is carried out. They note failures in the state and reject only when something is wrong that has no place there. */
export const operations: { [Name in Action['do']]: Carry<Name> } = {
  async mountVolumes({ host, state }) {
    try {
      await mountVolumes(host, state.pod, state.podIP, state.volumes === 'ready');
      // A sandbox that was there before this daemon: the runtime does not know of its files yet.
      if (state.volumes !== 'ready' && readySandbox(state.usableSandboxes)) await mountOwnFiles(host, state.pod, state.podIP ?? host.network.address);
      host.sources.dropUnread(state.pod);
      state.volumes = 'ready';
      state.noTrouble('volumes');
    } catch (error) {
      const { message } = error as Error;
      host.events.pod(state.pod, 'Warning', 'FailedMount', message);
      const failure = state.trouble('volumes', 'FailedMount', message, host.clock.now());
      // What was mounted once stays as it is.
      if (state.volumes !== 'ready') state.volumes = failure;
      else state.volumesRetryAtMs = failure.retryAtMs;
    }
  },

  async createSandbox({ host, state, wake }, { attempt }) {
    const { pod } = state;
    if (attempt > 0) host.events.pod(pod, 'Normal', 'SandboxChanged', 'Pod sandbox changed, it will be killed and re-created.');
    let ip: string | undefined;
    try {
      ip = pod.spec.hostNetwork ? undefined : host.addresses.allocate();
      await makeSandbox(host, state, attempt, ip, wake);
      delete state.sandboxFailure;
      state.noTrouble('sandbox');
    } catch (error) {
      if (ip) host.addresses.release(ip);
      const message = `Failed to create pod sandbox: ${(error as Error).message}`;
      host.events.pod(pod, 'Warning', 'FailedCreatePodSandBox', message);
      state.sandboxFailure = state.trouble('sandbox', 'FailedCreatePodSandBox', message, host.clock.now());
    } finally {
      delete state.sandboxInMaking;
    }
  },

  async stopSandbox({ host, state }, { id }) {
    await host.runtime.stopSandbox(id);
    releaseAddress(host, state, id);
  },

  async removeSandbox({ host, state }, { id }) {
    await host.runtime.removeSandbox(id);
    releaseAddress(host, state, id);
  },

  async prepareImage({ host, state, signal }, { container, attempt }) {
    const verdict = await host.images.ensure(state.pod, find(state.pod, container), signal);
    state.images.set(imageKey(container, attempt), verdict);
  },

  async startContainer({ host, state }, action) {
    const { container: name, attempt, after } = action;
    state.images.delete(imageKey(name, attempt));
    const nowMs = host.clock.now();
    if (after !== undefined) state.restarts.set(name, nextBackoff(state.restarts.get(name), after, nowMs));
    const container = find(state.pendingResize ? asAllocated(state.pod) : state.pod, name);
    const { sandboxInMaking } = state;
    try {
      const id = await createContainer(host, state, container, action);
      if (sandboxInMaking?.id === action.sandboxId && !(await isMade(sandboxInMaking))) return await host.runtime.removeContainer(id);
      await startContainer(host, state, container, id);
      state.failures.delete(name);
      state.noTrouble(name);
    } catch (error) {
      const { reason, message } = error as StartProblem;
      if (reason === undefined) throw error;
      // It was not the start that failed, so the next try waits for this failure only.
      state.failures.set(name, state.trouble(name, reason, message, host.clock.now()));
    }
  },

  async killContainer({ host, state }, { container: name, id, message, graceSeconds }) {
    const container = allContainers(state.pod).find((candidate) => candidate.name === name) ?? { name };
    host.events.container(state.pod, container, 'Normal', 'Killing', message || `Stopping container ${name}`);
    await stopWithHook(host, state, container, id, graceSeconds);
  },

  async resizeContainer({ host, state }, { container, id }) {
    await host.runtime.updateContainer(id, containerResources(find(state.pod, container)));
  },

  async removeContainer({ host }, { id }) {
    await host.runtime.removeContainer(id);
  },

  async finish({ host, state, writeLastStatus }) {
    const { metadata } = state.pod;
    if (!state.gone) await writeLastStatus();
    await Promise.all(state.sandboxes.map(async ({ id }) => {
      await host.runtime.removeSandbox(id);
      releaseAddress(host, state, id);
    }));
    await host.runtime.removeVolumes(runtimeUid(state.pod));
    if (!state.gone) {
      await host.client.delete(pods, metadata.name, metadata.namespace, { gracePeriodSeconds: 0, preconditions: { uid: metadata.uid } }).catch((error: unknown) => {
        if (!isReason(error, 'NotFound', 'Conflict')) throw error;
      });
    }
    state.finished = true;
  },
};

/** A start that failed, with the reason for state.waiting. */
class StartProblem extends Error {
  constructor(readonly reason: string, message: string) {
    super(message);
  }
}

const find = (pod: Pod, name: string): Container => allContainers(pod).find((container) => container.name === name)!;

function releaseAddress(host: Host, state: PodState, sandboxId: string): void {
  const ip = state.sandboxes.find(({ id }) => id === sandboxId)?.ip;
  if (ip) host.addresses.release(ip);
}

async function makeSandbox(host: Host, state: PodState, attempt: number, ip: string | undefined, wake: () => void): Promise<void> {
  const { pod } = state;
  const files = mountOwnFiles(host, pod, ip ?? host.network.address);
  const inMaking: SandboxInMaking = { attempt, ...(ip !== undefined && { ip }), ready: files };
  state.sandboxInMaking = inMaking;
  const tellId = (id: string) => {
    inMaking.id = id;
    wake();
  };
  const created = host.runtime.createSandbox(sandboxSpec(pod, host.nodeName, attempt, ip, host.dns), (id) => void files.then(() => tellId(id), () => undefined));
  inMaking.ready = Promise.all([created, files]);
  await inMaking.ready;
}

/** Why it was not is told by what makes it. */
const isMade = ({ ready }: SandboxInMaking): Promise<boolean> => ready.then(() => true, () => false);

/** Runs one step of a start; its failure becomes an event and the reason why the container waits. */
async function step<T>(host: Host, pod: Pod, container: Container, reason: string, run: () => Promise<T>): Promise<T> {
  try {
    return await run();
  } catch (error) {
    const { message } = error as Error;
    host.events.container(pod, container, 'Warning', 'Failed', `Error: ${message}`);
    throw new StartProblem(reason, message);
  }
}

async function createContainer(host: Host, state: PodState, container: Container, { attempt, sandboxId, imageUser }: Of<'startContainer'>): Promise<string> {
  const { pod } = state;
  const spec = await step(host, pod, container, 'CreateContainerConfigError', async () => {
    const { variables, skipped } = await environment(pod, container, placeOf(host, pod.spec.hostNetwork ? host.network.address : state.podIP), host.sources);
    for (const note of skipped) host.events.pod(pod, 'Warning', 'InvalidEnvironmentVariableNames', note);
    return containerSpec(pod, container, { attempt, variables, imageUser, nodeMemoryBytes: host.nodeMemoryBytes });
  });
  const id = await step(host, pod, container, 'CreateContainerError', () => host.runtime.createContainer(sandboxId, spec));
  host.events.container(pod, container, 'Normal', 'Created', `Created container: ${container.name}`);
  return id;
}

async function startContainer(host: Host, state: PodState, container: Container, id: string): Promise<void> {
  const { pod } = state;
  await step(host, pod, container, 'RunContainerError', () => host.runtime.startContainer(id));
  host.events.container(pod, container, 'Normal', 'Started', `Started container ${container.name}`);
  const hook = container.lifecycle?.postStart;
  if (!hook) return;
  try {
    await runHook(hook, id, container, state.podIP ?? host.network.address, host.runtime, host);
  } catch (error) {
    host.events.container(pod, container, 'Warning', 'FailedPostStartHook', 'PostStartHook failed');
    host.events.container(pod, container, 'Normal', 'Killing', 'FailedPostStartHook');
    await host.runtime.stopContainer(id, minimumGraceSeconds);
    throw new StartProblem('PostStartHookError', (error as Error).message);
  }
}

const minimumGraceSeconds = 2;

/** The hook takes its time out of the grace, and so does the wait until no Service leads here any more. */
async function stopWithHook(host: Host, state: PodState, container: Partial<Container>, id: string, graceSeconds: number): Promise<void> {
  const startMs = host.clock.now();
  const isLeaving = state.pod.metadata.deletionTimestamp !== undefined && graceSeconds > minimumGraceSeconds;
  await Promise.all([preStop(host, state, container, id, graceSeconds), isLeaving && host.untilWithdrawn(state.pod)]);
  const leftSeconds = graceSeconds - Math.floor((host.clock.now() - startMs) / 1000);
  await host.runtime.stopContainer(id, Math.max(leftSeconds, minimumGraceSeconds));
}

async function preStop(host: Host, state: PodState, container: Partial<Container>, id: string, graceSeconds: number): Promise<void> {
  const hook = container.lifecycle?.preStop;
  if (!hook || graceSeconds <= 0) return;
  const run = runHook(hook, id, container as Container, state.podIP ?? host.network.address, host.runtime, host)
    .catch(() => host.events.container(state.pod, container as Container, 'Warning', 'FailedPreStopHook', 'PreStopHook failed'));
  await Promise.race([run, sleep(host.clock, graceSeconds * 1000)]);
}
