import type Docker from 'dockerode';
import { RuntimeFailure, type SandboxSpec } from '../port';
import { ignoring } from './errors';
import { labels, roles } from './labels';
import { ensureNodeImage, type NodeContainer } from './node';
import type { Nodes } from './nodes';
import { canUnshare, prepareNetworkCommand } from './own-network';
import { sandboxOptions } from './sandbox-options';
import type { Volumes } from './volumes/volumes';

/** Makes, stops and removes the containers that hold the namespaces of pods. */
export class Sandboxes {
  private hasImage?: Promise<void>;
  private mayUnshare?: Promise<boolean>;

  constructor(private readonly docker: Docker, private readonly profile: string, private readonly nodes: Nodes, private readonly volumes: Volumes) {}

  async create(spec: SandboxSpec, onCreated: (id: string) => void): Promise<string> {
    this.hasImage ??= ensureNodeImage(this.docker, () => undefined);
    await this.hasImage;
    const node = await this.nodes.find(spec.nodeName);
    if (!node) throw new RuntimeFailure('NotFound', `the node ${spec.nodeName} was not brought up`);
    // Sysctls of a network are refused beside the host's.
    const unshares = spec.ip !== undefined && !spec.hostNetwork && !spec.sysctls && (await this.canUnshare());
    const options = sandboxOptions(spec, { profile: this.profile, unshares, nodeContainerId: node.containerId, heldVolumes: this.volumes.held(spec.podUid) });
    const container = await createFresh(this.docker, options);
    onCreated(container.id);
    try {
      await container.start();
      if (spec.ip !== undefined && !spec.hostNetwork) {
        const { State } = await container.inspect();
        if (unshares) await this.prepare(node, State.Pid);
        await node.wire(State.Pid, spec.ip);
      }
      return container.id;
    } catch (error) {
      await container.remove({ force: true, v: true }).catch(ignoring(404, 409));
      throw error;
    }
  }

  async stop(id: string): Promise<void> {
    await Promise.all((await this.members(id, true)).map((member) => this.docker.getContainer(member).kill().catch(ignoring(404, 409))));
    await this.unwire(id);
    await this.docker.getContainer(id).kill().catch(ignoring(404, 409));
  }

  async remove(id: string): Promise<void> {
    const members = await this.members(id, false);
    await Promise.all(members.map((member) => this.docker.getContainer(member).remove({ force: true, v: true }).catch(ignoring(404, 409))));
    await this.unwire(id);
    await this.docker.getContainer(id).remove({ force: true, v: true }).catch(ignoring(404, 409));
  }

  /** An engine that says it can and cannot is not asked again. */
  private async prepare(node: NodeContainer, pid: number): Promise<void> {
    try {
      await node.shell(prepareNetworkCommand(pid));
    } catch (error) {
      this.mayUnshare = Promise.resolve(false);
      throw new RuntimeFailure('Failed', `the sandbox got no network of its own: ${(error as Error).message}`);
    }
  }

  private canUnshare(): Promise<boolean> {
    this.mayUnshare ??= Promise.all([this.docker.info(), this.docker.version()]).then(([info, version]) => canUnshare(info as object, version));
    this.mayUnshare.catch(() => delete this.mayUnshare);
    return this.mayUnshare;
  }

  private async members(id: string, runningOnly: boolean): Promise<string[]> {
    const filters = { label: [`${labels.profile}=${this.profile}`, `${labels.role}=${roles.container}`, `${labels.sandbox}=${id}`] };
    return (await this.docker.listContainers({ all: !runningOnly, filters })).map(({ Id }) => Id);
  }

  private async unwire(id: string): Promise<void> {
    const inspected = await this.docker.getContainer(id).inspect().catch(ignoring(404));
    const ip = inspected?.Config.Labels[labels.ip];
    if (!ip || !inspected.State.Running) return;
    const node = await this.nodes.find(inspected.Config.Labels[labels.node] ?? '');
    await node?.unwire(ip).catch(() => undefined);
  }
}

/** One of this name that is left over from a creation that was cut short makes way, unless it has run. */
export async function createFresh(docker: Docker, options: Docker.ContainerCreateOptions): Promise<Docker.Container> {
  try {
    return await docker.createContainer(options);
  } catch (error) {
    if ((error as { statusCode?: number }).statusCode !== 409) throw error;
    const old = docker.getContainer(options.name!);
    const { State } = await old.inspect();
    if (State.Status !== 'created' && options.Labels?.[labels.role] !== roles.sandbox) throw error;
    await old.remove({ force: true, v: true });
    return docker.createContainer(options);
  }
}
