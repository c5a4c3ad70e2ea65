import { Agent } from 'node:http';
import type { Duplex } from 'node:stream';
import Docker from 'dockerode';
import type { Clock } from '../../api/clock';
import { RuntimeFailure, type AttachRequest, type ContainerResources, type ContainerSpec, type ContainerStats, type DiskQuestion, type DiskUsage, type ExecRequest, type ImageInfo, type ListedImage, type LogLine, type LogRequest, type NodeNetwork, type NodeSpec, type PullOptions, type Runtime, type RuntimeInfo, type Sandbox, type SandboxSpec, type VolumeContent } from '../port';
import { Containers } from './containers';
import { containerBytes } from './disk-usage';
import { asFailure, ignoring } from './errors';
import { EngineEvents } from './events';
import { imageDisk, imageStatus, listImages, pullImage } from './images';
import { EngineFacts } from './info';
import { labels } from './labels';
import { Nodes } from './nodes';
import { Sandboxes } from './sandboxes';
import { Snapshots } from './snapshot';
import { containerStats } from './stats';
import { attachTo, execIn } from './streams/exec';
import { containerLogs } from './streams/logs';
import { Volumes } from './volumes/volumes';

export interface DockerOptions {
  profile: string;
  /** An absolute path. Volumes of pods live here. */
  stateDir: string;
  clock: Clock;
}

export class DockerRuntime implements Runtime {
  readonly name = 'docker';
  private readonly agent = new Agent({ keepAlive: true });
  private readonly docker = new Docker({ agent: this.agent } as Docker.DockerOptions);
  private readonly facts = new EngineFacts(this.docker);
  private readonly nodes: Nodes;
  private readonly volumes: Volumes;
  private readonly sandboxes: Sandboxes;
  private readonly containers: Containers;
  private readonly snapshots: Snapshots;
  private readonly events: EngineEvents;

  constructor(private readonly options: DockerOptions) {
    const { profile, stateDir, clock } = options;
    this.nodes = new Nodes(this.docker, profile, (nodeName) => this.events.tellAll(nodeName));
    this.volumes = new Volumes({ docker: this.docker, profile, stateDir });
    this.sandboxes = new Sandboxes(this.docker, profile, this.nodes, this.volumes);
    this.containers = new Containers(this.docker, profile, this.volumes);
    this.snapshots = new Snapshots(this.docker, profile, (info) => this.nodes.hasLostNetwork(info));
    this.events = new EngineEvents(this.docker, profile, clock, (id) => this.snapshots.forget(id));
  }

  info(): Promise<RuntimeInfo> {
    return this.facts.get();
  }

  ensureNode(node: NodeSpec, onStep: (step: string) => void): Promise<NodeNetwork> {
    return asFailure(() => this.nodes.ensure(node, onStep));
  }

  removeNode(name: string): Promise<void> {
    return asFailure(() => this.nodes.remove(name));
  }

  snapshot(of?: { nodeName?: string; podUid?: string }): Promise<Sandbox[]> {
    return asFailure(() => this.snapshots.take(of));
  }

  watch(nodeName: string, signal: AbortSignal): AsyncIterable<{ podUid: string }> {
    return this.events.watch(nodeName, signal);
  }

  imageStatus(reference: string): Promise<ImageInfo | undefined> {
    return asFailure(() => imageStatus(this.docker, reference));
  }

  images(): Promise<ListedImage[]> {
    return asFailure(() => listImages(this.docker));
  }

  imageDisk(): Promise<{ capacity: number; available: number } | undefined> {
    return asFailure(() => imageDisk(this.docker));
  }

  removeImage(reference: string): Promise<void> {
    return asFailure(async () => void (await this.docker.getImage(reference).remove().catch(ignoring(404, 409))));
  }

  pullImage(reference: string, options: PullOptions = {}): Promise<ImageInfo> {
    return asFailure(() => pullImage(this.docker, reference, options));
  }

  createSandbox(spec: SandboxSpec, onCreated: (id: string) => void = () => undefined): Promise<string> {
    const { podUid, podName, namespace, nodeName, hostPID = false, hostIPC = false, shareProcessNamespace: sharesPid = false } = spec;
    return asFailure(() => this.sandboxes.create(spec, (id) => {
      this.containers.noteSandbox({ id, podUid, podName, namespace, nodeName, hostPID, hostIPC, sharesPid });
      onCreated(id);
    }));
  }

  stopSandbox(id: string): Promise<void> {
    return asFailure(() => this.sandboxes.stop(id));
  }

  removeSandbox(id: string): Promise<void> {
    this.containers.forgetSandbox(id);
    return asFailure(() => this.sandboxes.remove(id));
  }

  removeVolumes(podUid: string): Promise<void> {
    return asFailure(() => this.volumes.remove(podUid));
  }

  createContainer(sandboxId: string, spec: ContainerSpec): Promise<string> {
    return asFailure(() => this.containers.create(sandboxId, spec));
  }

  startContainer(id: string): Promise<void> {
    return this.containers.start(id);
  }

  updateContainer(id: string, resources: ContainerResources): Promise<void> {
    return asFailure(() => this.containers.update(id, resources));
  }

  stopContainer(id: string, graceSeconds: number): Promise<void> {
    return asFailure(() => this.containers.stop(id, graceSeconds));
  }

  removeContainer(id: string): Promise<void> {
    return asFailure(() => this.containers.remove(id));
  }

  exec(id: string, request: ExecRequest): Promise<number> {
    return execIn(this.docker, id, request, (pid) => this.kill(id, pid));
  }

  attach(id: string, request: AttachRequest): Promise<void> {
    return attachTo(this.docker, id, request);
  }

  logs(id: string, request: LogRequest): AsyncIterable<LogLine> {
    return containerLogs(this.docker, id, request);
  }

  stats(id: string): Promise<ContainerStats | undefined> {
    return asFailure(() => containerStats(this.docker, id, this.options.clock.now()));
  }

  diskUsage(podUid: string, { volumes, containers }: DiskQuestion): Promise<DiskUsage> {
    const each = async (names: readonly string[], bytes: (name: string) => Promise<number>) => Object.fromEntries(await Promise.all(names.map(async (name) => [name, await bytes(name)] as const)));
    return asFailure(async () => ({
      volumes: await each(volumes, (name) => this.volumes.usedBytes(podUid, name)),
      containers: await each(containers, (id) => containerBytes(this.docker, id)),
    }));
  }

  async portForward(sandboxId: string, port: number): Promise<Duplex> {
    const { node, pid } = await asFailure(() => this.locate(sandboxId));
    return node.dialLoopback(pid, port);
  }

  ensureVolume(podUid: string, name: string, content: VolumeContent): Promise<void> {
    return asFailure(() => this.volumes.ensure(podUid, name, content));
  }

  eraseVolume(content: Extract<VolumeContent, { type: 'persistent' | 'host' }>): Promise<void> {
    return asFailure(() => this.volumes.erase(content));
  }

  async close(): Promise<void> {
    this.events.close();
    await this.nodes.close();
    this.agent.destroy();
  }

  /** A process of a container, by its id on the engine's host, which the node container sees. */
  private async kill(containerId: string, pid: number): Promise<void> {
    const { node } = await this.locate(containerId);
    await node.shell(`kill -9 ${pid}`);
  }

  private async locate(containerId: string) {
    const inspected = await this.docker.getContainer(containerId).inspect().catch(ignoring(404));
    const node = inspected && (await this.nodes.find(inspected.Config.Labels[labels.node] ?? ''));
    if (!inspected?.State.Running || !node) throw new RuntimeFailure('NotFound', `container ${containerId} is not running`);
    return { node, pid: inspected.State.Pid };
  }
}
