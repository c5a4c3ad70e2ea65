import type { Duplex } from 'node:stream';
import type { Clock } from '../../../api/clock';
import { badRequest, internalError } from '../../../api/errors';
import type { Pod } from '../../../api/generated/core.v1';
import type { Container, NodeNetwork, Runtime, Sandbox } from '../../../runtime/port';
import { instances, readySandbox } from '../decide/view';
import { dialOrExplain } from '../probes/http';
import { formatLogs } from './log-lines';
import { logTarget } from './log-target';
import { podSamples, type ContainerSample, type KnownPod } from './samples';
import type { AgentExecOptions, AgentLogOptions, AgentStreams } from './streams';
import { runtimeUid } from '../spec/uid';

export interface AgentOptions {
  runtime: Runtime;
  network: NodeNetwork;
  clock: Clock;
  /** The pod as the kubelet knows it, ahead of what the API may have. */
  pod: (uid: string) => KnownPod | undefined;
  /** All that the kubelet looks after. */
  pods: () => Iterable<KnownPod>;
  nodeName: string;
}

/** Serves the subresources of pods that stream. Fits the API server's NodeAgent. */
export class KubeletAgent {
  constructor(private readonly options: AgentOptions) {}

  async *logs(pod: Pod, options: AgentLogOptions, signal: AbortSignal): AsyncIterable<Buffer> {
    const { runtime, clock } = this.options;
    const id = logTarget(this.known(pod)?.pod ?? pod, containerName(pod, options.container), options.previous);
    const sinceMs = options.sinceTime ? Date.parse(options.sinceTime) : options.sinceSeconds === undefined ? undefined : clock.now() - options.sinceSeconds * 1000;
    const lines = runtime.logs(id, {
      follow: options.follow, signal,
      ...(options.tailLines !== undefined && { tailLines: options.tailLines }),
      ...(sinceMs !== undefined && { sinceMs }),
    });
    yield* formatLogs(lines, options.timestamps, options.limitBytes);
  }

  async exec(pod: Pod, options: AgentExecOptions, streams: AgentStreams): Promise<{ code: number }> {
    const container = await this.running(pod, options.container);
    return run(() => this.options.runtime.exec(container.id, { command: options.command, tty: options.tty, ...connected(options, streams) }));
  }

  /** `kubectl run -i` attaches as soon as the pod runs, which is a little late: the first words are given again. */
  async attach(pod: Pod, options: AgentExecOptions, streams: AgentStreams): Promise<{ code: number }> {
    const container = await this.existing(pod, options.container);
    const fromStart = isForOne(pod, containerName(pod, options.container)) && this.isYoung(container);
    if (!fromStart) assertRuns(container);
    return run(async () => {
      await this.options.runtime.attach(container.id, { tty: options.tty, fromStart, ...connected(options, streams) });
      return 0;
    });
  }

  async portForward(pod: Pod, port: number): Promise<Duplex> {
    const sandbox = readySandbox(await this.sandboxes(pod));
    if (!sandbox) throw badRequest(`unable to forward port because pod is not running. Current status=${pod.status?.phase ?? 'Unknown'}`);
    return dialOrExplain({ dial: () => this.options.runtime.portForward(sandbox.id, port) }, 'localhost', port);
  }

  async samples(): Promise<ContainerSample[]> {
    const { nodeName, pods, runtime } = this.options;
    const samples = await Promise.all([...pods()].map((known) => podSamples(runtime, known)));
    return samples.flat().map((sample) => ({ nodeName, ...sample }));
  }

  dial(address: string, port: number): Promise<Duplex> {
    return this.options.network.dial(address, port);
  }

  private known(pod: Pod) {
    return this.options.pod(runtimeUid(pod));
  }

  private async sandboxes(pod: Pod): Promise<readonly Sandbox[]> {
    const known = this.known(pod)?.sandboxes ?? [];
    return known.length > 0 ? known : this.options.runtime.snapshot({ podUid: runtimeUid(pod) });
  }

  private async running(pod: Pod, wanted: string | undefined): Promise<Container> {
    const instance = await this.existing(pod, wanted);
    assertRuns(instance);
    return instance;
  }

  private async existing(pod: Pod, wanted: string | undefined): Promise<Container> {
    const name = containerName(pod, wanted);
    const [instance] = instances(await this.sandboxes(pod), name);
    if (!instance) throw containerNotFound(name);
    return instance;
  }

  private isYoung({ startedAtMs }: Container): boolean {
    return startedAtMs !== undefined && this.options.clock.now() - startedAtMs < youthMs;
  }
}

/** How long after its start a container is still waited for by the one who started it. */
const youthMs = 10_000;

function assertRuns({ state, name }: Container): void {
  if (state !== 'running') throw containerNotFound(name);
}

/** The kubelet's words in those of the API server, which could not upgrade its connection to it. */
const containerNotFound = (name: string) => internalError(`unable to upgrade connection: container not found ("${name}")`);

/** Whether one session alone may write to the container's input. */
function isForOne({ spec }: Pod, name: string): boolean {
  const { stdin, stdinOnce } = spec.containers.find((container) => container.name === name) ?? {};
  return Boolean(stdin && stdinOnce);
}

/** What the API server leaves open only for pods of one container. */
function containerName({ spec, metadata }: Pod, wanted: string | undefined): string {
  return wanted || metadata.annotations?.['kubectl.kubernetes.io/default-container'] || spec.containers[0]!.name;
}

function connected({ stdin, stdout, stderr }: AgentExecOptions, streams: AgentStreams) {
  return {
    ...(stdin && streams.stdin && { stdin: streams.stdin }),
    ...(stdout && streams.stdout && { stdout: streams.stdout }),
    ...(stderr && streams.stderr && { stderr: streams.stderr }),
    ...(streams.resize && { resize: streams.resize }),
    signal: streams.signal,
  };
}

/** A command that cannot be started is the caller's mistake; kubectl shows the engine's words. */
async function run(start: () => Promise<number>): Promise<{ code: number }> {
  try {
    return { code: await start() };
  } catch (error) {
    const { message } = error as Error;
    throw internalError(`error executing command in container: ${message}`);
  }
}
