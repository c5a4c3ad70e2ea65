import { isIPv4 } from 'node:net';
import type { Duplex } from 'node:stream';
import { sleep, type Clock, type Random } from '../../api/clock';
import { PodChanges } from '../changes';
import { dialDirect } from '../dial';
import { behaviourOf, isInteractiveShell } from './behaviour';
import { RuntimeFailure, type AttachRequest, type ContainerResources, type ContainerSpec, type ContainerStats, type DiskQuestion, type DiskUsage, type ExecRequest, type ImageInfo, type ListedImage, type LogLine, type LogRequest, type NodeNetwork, type NodeSpec, type PullOptions, type Runtime, type RuntimeInfo, type Sandbox, type VolumeContent } from '../port';
import { SimContainer } from './container';
import { SimVolumes } from './files';
import { pullSimImage, simImage } from './images';
import { diskBytesOf, loadOf } from './load';
import { SimNode } from './node';
import { SimSandbox } from './sandbox';
import { runSimCommand } from './shell';
import { SimWeb } from './web';
import type { SandboxSpec } from '../port';

export interface SimOptions {
  clock: Clock;
  random: Random;
  /** Of each node. */
  cpus?: number;
  memoryBytes?: number;
  /** Of containers that say nothing of it; none by default. */
  startDelayMs?: number;
}

const stopMs = 10;

export class SimRuntime implements Runtime {
  readonly name = 'sim';
  private readonly sandboxes = new Map<string, SimSandbox>();
  private readonly byPod = new Map<string, Set<SimSandbox>>();
  private readonly byIp = new Map<string, SimSandbox>();
  private readonly containers = new Map<string, SimContainer>();
  private readonly nodes = new Map<string, SimNode>();
  /** By node. */
  private readonly imagesOf = new Map<string, Set<string>>();
  private readonly volumes = new SimVolumes();
  private readonly changes = new PodChanges();
  private readonly web = new SimWeb();

  constructor(private readonly options: SimOptions) {}

  info(): Promise<RuntimeInfo> {
    const { cpus = 8, memoryBytes = 16 * 2 ** 30 } = this.options;
    return Promise.resolve({ version: 'sim://0.1.0', osImage: 'Simulated', kernelVersion: '6.1.0-sim', architecture: 'amd64', cpus, memoryBytes });
  }

  ensureNode(node: NodeSpec): Promise<NodeNetwork> {
    const existing = this.nodes.get(node.name) ?? new SimNode(this.nodes.size, node.podCIDR, (address, port) => this.dial(address, port));
    this.nodes.set(node.name, existing);
    return Promise.resolve(existing);
  }

  async removeNode(name: string): Promise<void> {
    this.nodes.delete(name);
    this.imagesOf.delete(name);
    for (const sandbox of [...this.sandboxes.values()]) if (sandbox.spec.nodeName === name) await this.removeSandbox(sandbox.id);
  }

  snapshot(of: { nodeName?: string; podUid?: string } = {}): Promise<Sandbox[]> {
    const candidates = of.podUid === undefined ? this.sandboxes.values() : (this.byPod.get(of.podUid) ?? []);
    const wanted = [...candidates].filter((sandbox) => of.nodeName === undefined || sandbox.spec.nodeName === of.nodeName);
    return Promise.resolve(wanted.map((sandbox) => sandbox.status()).reverse());
  }

  watch(nodeName: string, signal: AbortSignal): AsyncIterable<{ podUid: string }> {
    return this.changes.watch(nodeName, signal);
  }

  async imageStatus(reference: string): Promise<ImageInfo | undefined> {
    return simImage(reference);
  }

  /** What its containers were made from. */
  images(nodeName: string): Promise<ListedImage[]> {
    return Promise.resolve([...(this.imagesOf.get(nodeName) ?? [])].flatMap((reference) => simImage(reference) ?? []));
  }

  /** Simulated images take no room. */
  imageDisk(): Promise<undefined> {
    return Promise.resolve(undefined);
  }

  removeImage(reference: string): Promise<void> {
    for (const known of this.imagesOf.values()) known.delete(reference);
    return Promise.resolve();
  }

  async pullImage(reference: string, options: PullOptions = {}): Promise<ImageInfo> {
    options.signal?.throwIfAborted();
    return pullSimImage(reference);
  }

  createSandbox(spec: SandboxSpec, onCreated: (id: string) => void = () => undefined): Promise<string> {
    const sandbox = new SimSandbox(this.newId(), spec, this.options.clock.now());
    this.sandboxes.set(sandbox.id, sandbox);
    this.byPod.set(spec.podUid, (this.byPod.get(spec.podUid) ?? new Set()).add(sandbox));
    if (spec.ip && !spec.hostNetwork) this.byIp.set(spec.ip, sandbox);
    this.changed(sandbox);
    onCreated(sandbox.id);
    return Promise.resolve(sandbox.id);
  }

  stopSandbox(id: string): Promise<void> {
    const sandbox = this.sandboxes.get(id);
    if (!sandbox?.ready) return Promise.resolve();
    sandbox.ready = false;
    if (sandbox.spec.ip && this.byIp.get(sandbox.spec.ip) === sandbox) this.byIp.delete(sandbox.spec.ip);
    for (const container of sandbox.containers) container.finish(137);
    this.changed(sandbox);
    return Promise.resolve();
  }

  async removeSandbox(id: string): Promise<void> {
    const sandbox = this.sandboxes.get(id);
    if (!sandbox) return;
    await this.stopSandbox(id);
    for (const container of sandbox.containers) this.forget(container);
    this.sandboxes.delete(id);
    const ofPod = this.byPod.get(sandbox.spec.podUid);
    ofPod?.delete(sandbox);
    if (ofPod?.size === 0) this.byPod.delete(sandbox.spec.podUid);
    this.changed(sandbox);
  }

  removeVolumes(podUid: string): Promise<void> {
    this.volumes.remove(podUid);
    return Promise.resolve();
  }

  createContainer(sandboxId: string, spec: ContainerSpec): Promise<string> {
    const sandbox = this.sandboxes.get(sandboxId);
    if (!sandbox?.ready) return Promise.reject(new RuntimeFailure('NotFound', `sandbox ${sandboxId} is not ready`));
    if (!simImage(spec.image)) return Promise.reject(new RuntimeFailure('ImageNotFound', `No such image: ${spec.image}`));
    const same = [...sandbox.containers].find((container) => container.spec.name === spec.name && container.spec.attempt === spec.attempt);
    if (same && !same.neverStarted) return Promise.reject(new RuntimeFailure('Failed', `the container name ${spec.name} is in use`));
    if (same) this.drop(sandbox, same);
    const container = new SimContainer(this.newId(), sandboxId, spec, behaviourOf(spec, this.options), this.options.clock, () => this.changed(sandbox));
    sandbox.containers.add(container);
    this.containers.set(container.id, container);
    this.noteImage(sandbox.spec.nodeName, spec.image);
    return Promise.resolve(container.id);
  }

  async startContainer(id: string): Promise<void> {
    const container = this.find(id);
    const { startDelayMs, startError } = container.behaviour;
    if (startDelayMs > 0) await sleep(this.options.clock, startDelayMs);
    if (startError === undefined) return container.start();
    container.failStart(startError);
    throw new RuntimeFailure('StartFailed', startError);
  }

  async updateContainer(id: string, resources: ContainerResources): Promise<void> {
    this.find(id).update(resources);
  }

  async stopContainer(id: string, graceSeconds: number): Promise<void> {
    const container = this.containers.get(id);
    if (!container?.running) return;
    const { ignoresTerm } = container.behaviour;
    const cancel = this.options.clock.schedule(ignoresTerm ? graceSeconds * 1000 : Math.min(stopMs, graceSeconds * 1000), () => container.finish(ignoresTerm ? 137 : 0));
    await container.ended;
    cancel();
  }

  removeContainer(id: string): Promise<void> {
    const container = this.containers.get(id);
    const sandbox = container && this.sandboxes.get(container.sandboxId);
    if (sandbox) this.drop(sandbox, container);
    return Promise.resolve();
  }

  async exec(id: string, request: ExecRequest): Promise<number> {
    const container = this.find(id);
    if (!container.running) throw new RuntimeFailure('Failed', `container ${id} is not running`);
    const { spec } = this.sandboxes.get(container.sandboxId)!;
    await this.volumes.settle(spec.podUid);
    return runSimCommand(request, {
      spec: container.spec,
      hostname: spec.hostname,
      nowMs: () => this.options.clock.now(),
      read: (path) => (path === '/etc/hostname' ? Buffer.from(`${spec.hostname}\n`) : this.volumes.read(spec.podUid, container.spec, path)),
      list: (directory) => this.volumes.list(spec.podUid, container.spec, directory),
    });
  }

  async attach(id: string, request: AttachRequest): Promise<void> {
    const container = this.find(id);
    if (!container.running && !request.fromStart) throw new RuntimeFailure('Failed', `container ${id} is not running`);
    const isTyped = container.running && request.stdin && container.spec.stdin && isInteractiveShell(container.spec);
    await Promise.race([copyOutput(container, request), ...(isTyped ? [this.tell(container, request)] : []), aborted(request.signal)]);
  }

  /** What is typed goes to a shell, and the container ends with it. */
  private async tell(container: SimContainer, request: AttachRequest): Promise<void> {
    const code = await this.exec(container.id, { ...request, command: ['sh'] });
    if (!request.signal?.aborted) container.finish(code);
  }

  logs(id: string, request: LogRequest): AsyncIterable<LogLine> {
    return this.find(id).logs(request);
  }

  stats(id: string, annotations?: Readonly<Record<string, string>>): Promise<ContainerStats | undefined> {
    const container = this.containers.get(id);
    return Promise.resolve(container?.running ? container.stats(loadOf(container.spec, annotations)) : undefined);
  }

  /** Simulated pods write no files; what their containers take is what the annotations say. */
  diskUsage(_: string, { containers }: DiskQuestion, annotations?: Readonly<Record<string, string>>): Promise<DiskUsage> {
    const found = containers.flatMap((id) => this.containers.get(id) ?? []);
    return Promise.resolve({ volumes: {}, containers: Object.fromEntries(found.map(({ id, spec }) => [id, diskBytesOf(spec, annotations)])) });
  }

  probe(id: string, { type }: { type: 'liveness' | 'readiness' | 'startup' }): { ok: boolean; output: string } {
    const container = this.containers.get(id);
    if (!container?.running) return { ok: false, output: 'connect: connection refused' };
    const { readyAfterMs, failLivenessAfterMs } = container.behaviour;
    const isOk = type === 'liveness' ? container.ageMs < failLivenessAfterMs : container.ageMs >= readyAfterMs;
    return { ok: isOk, output: isOk ? '' : `simulated: not ${type === 'liveness' ? 'alive' : 'ready'} after ${container.ageMs} ms` };
  }

  portForward(sandboxId: string, port: number): Promise<Duplex> {
    const sandbox = this.sandboxes.get(sandboxId);
    return this.connect(sandbox, 'localhost', port);
  }

  ensureVolume(podUid: string, name: string, content: VolumeContent): Promise<void> {
    this.volumes.put(podUid, name, content);
    return Promise.resolve();
  }

  /** Simulated pods write no files. */
  eraseVolume(): Promise<void> {
    return Promise.resolve();
  }

  close(): Promise<void> {
    for (const container of this.containers.values()) container.dispose();
    this.web.close();
    return Promise.resolve();
  }

  private noteImage(nodeName: string, image: string): void {
    const known = this.imagesOf.get(nodeName);
    if (known) known.add(image);
    else this.imagesOf.set(nodeName, new Set([image]));
  }

  private dial(address: string, port: number): Promise<Duplex> {
    const isOutside = isIPv4(address) && ![...this.nodes.values()].some((node) => node.has(address));
    return isOutside ? dialDirect(address, port) : this.connect(this.byIp.get(address), address, port);
  }

  private async connect(sandbox: SimSandbox | undefined, address: string, port: number): Promise<Duplex> {
    const container = sandbox && [...sandbox.containers].reverse().find(({ running }) => running);
    if (!container) throw new RuntimeFailure('Failed', `dial tcp ${address}:${port}: connect: connection refused`);
    await this.volumes.settle(sandbox.spec.podUid);
    return this.web.connect((path) => sandbox.respond(path, container, (file) => this.volumes.read(sandbox.spec.podUid, container.spec, file)));
  }

  private find(id: string): SimContainer {
    const container = this.containers.get(id);
    if (!container) throw new RuntimeFailure('NotFound', `No such container: ${id}`);
    return container;
  }

  private drop(sandbox: SimSandbox, container: SimContainer): void {
    container.finish(137);
    sandbox.containers.delete(container);
    this.forget(container);
  }

  private forget(container: SimContainer): void {
    container.dispose();
    this.containers.delete(container.id);
  }

  private changed(sandbox: SimSandbox): void {
    this.changes.emit(sandbox.spec.nodeName, sandbox.spec.podUid);
  }

  private newId(): string {
    return Array.from({ length: 8 }, () => Math.floor(this.options.random() * 2 ** 32).toString(16).padStart(8, '0')).join('');
  }
}

/** Resolves at the container's end. */
async function copyOutput(container: SimContainer, { stdout, stderr, tty, signal, fromStart }: AttachRequest): Promise<void> {
  const lines = container.logs({ follow: true, ...(!fromStart && { tailLines: 0 }), ...(signal && { signal }) });
  for await (const { stream, data } of lines) {
    const text = data.toString();
    (stream === 'stderr' && !tty ? stderr : stdout)?.write(tty ? text.replace(/\n/g, '\r\n') : text);
  }
}

function aborted(signal: AbortSignal | undefined): Promise<void> {
  return new Promise((resolve) => signal?.addEventListener('abort', () => resolve(), { once: true }));
}
