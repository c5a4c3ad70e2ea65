import type Docker from 'dockerode';
import type { NodeSpec } from '../port';
import { ignoring } from './errors';
import { labels, roles } from './labels';
import { createNodeContainer, removeNetwork, type NodeContainer } from './node';

/** The node containers of a profile. */
export class Nodes {
  private readonly nodes = new Map<string, Promise<NodeContainer>>();

  constructor(private readonly docker: Docker, private readonly profile: string, private readonly onReset: (nodeName: string) => void) {}

  /** Wires again what runs on it: the links are lost with an old node container, or were never made. */
  async ensure(node: NodeSpec, onStep: (step: string) => void): Promise<NodeContainer> {
    const known = this.nodes.get(node.name);
    if (known) return known;
    const made = this.create(node, onStep);
    this.nodes.set(node.name, made);
    made.catch(() => this.nodes.delete(node.name));
    return made;
  }

  async find(name: string): Promise<NodeContainer | undefined> {
    return this.nodes.get(name);
  }

  /** Whether a container joined the network of a node's life that is over. */
  async hasLostNetwork({ HostConfig, Labels, Created }: Docker.ContainerInfo): Promise<boolean> {
    if (!HostConfig.NetworkMode.startsWith('container:')) return false;
    const node = await this.find(Labels[labels.node] ?? '').catch(() => undefined);
    // The list gives full seconds.
    return node !== undefined && (Created + 1) * 1000 <= node.startedAtMs;
  }

  async remove(name: string): Promise<void> {
    const node = await this.find(name);
    this.nodes.delete(name);
    await node?.remove();
    const filters = { label: [`${labels.profile}=${this.profile}`, `${labels.role}=node`, `${labels.node}=${name}`] };
    const left = await this.docker.listContainers({ all: true, filters });
    await Promise.all(left.map(({ Id }) => this.docker.getContainer(Id).remove({ force: true, v: true }).catch(ignoring(404, 409))));
    await removeNetwork(this.docker, this.profile);
  }

  async close(): Promise<void> {
    const nodes = await Promise.allSettled(this.nodes.values());
    for (const node of nodes) if (node.status === 'fulfilled') node.value.close();
  }

  private async create(spec: NodeSpec, onStep: (step: string) => void): Promise<NodeContainer> {
    const { docker, profile } = this;
    const node = await createNodeContainer({ docker, profile, node: spec, onStep });
    const filters = { label: [`${labels.profile}=${profile}`, `${labels.role}=${roles.sandbox}`, `${labels.node}=${spec.name}`, labels.ip] };
    const sandboxes = await docker.listContainers({ filters });
    await Promise.all(sandboxes.map(async ({ Id, Labels }) => {
      const inspected = await docker.getContainer(Id).inspect().catch(ignoring(404));
      if (inspected?.State.Running) await node.wire(inspected.State.Pid, Labels[labels.ip]!);
    }));
    node.onReset?.(() => Promise.resolve(this.onReset(spec.name)));
    return node;
  }
}
