import { setTimeout as delay } from 'node:timers/promises';
import type { Duplex } from 'node:stream';
import type Docker from 'dockerode';
import { RuntimeFailure } from '../../port';
import { watchForDeath } from './death';
import { ensureContainer, otherNodes, type ContainerRequest, type RunningNode } from './container';
import type { NodeContainer } from './contract';
import { nodeContainerName } from './names';
import { ignoreStatus } from './network';
import { dialDirect } from '../../dial';
import { dialThrough, relayListens } from './relay';
import { openShell, type Shell } from './shell';
import { gatewayOf, routeCommand, unwireCommand, wireCommand } from './wiring';

interface Connection {
  running: RunningNode;
  shell: Shell;
}

/** Between attempts to get a lost node container back. */
const retryMs = { first: 200, most: 5000 };

/**
 * A node container and the shell kept open in it. When the container is lost or restarted, all its veths and rules
 * are: it is brought back, every pod is wired again, and `onReset` listeners apply their rules.
 */
export class WiredNodeContainer implements NodeContainer {
  private connection!: Promise<Connection>;
  private running!: RunningNode;
  private readonly pods = new Map<string, number>();
  private readonly resetListeners: (() => void)[] = [];
  private readonly closing = new AbortController();

  private constructor(private readonly request: ContainerRequest, readonly hostAddress: string) {}

  static async open(request: ContainerRequest, hostAddress: string): Promise<WiredNodeContainer> {
    const node = new WiredNodeContainer(request, hostAddress);
    node.connection = node.connect();
    await node.connection;
    return node;
  }

  get containerId(): string {
    return this.running.id;
  }

  get address(): string {
    return this.running.address;
  }

  async wire(sandboxPid: number, ip: string): Promise<void> {
    await this.shell(wireCommand(sandboxPid, ip, gatewayOf(this.request.node.podCIDR))).catch((error: Error) => {
      throw new RuntimeFailure('Failed', `cannot wire process ${sandboxPid} to ${ip}: ${error.message}`);
    });
    this.pods.set(ip, sandboxPid);
  }

  async unwire(ip: string): Promise<void> {
    this.pods.delete(ip);
    await this.shell(unwireCommand(ip));
  }

  async shell(command: string): Promise<string> {
    const { shell } = await this.connection;
    return shell.run(command);
  }

  async applyRules(script: string): Promise<void> {
    await this.shell(`/usr/sbin/nft -f - <<'END-OF-RULES'\n${script}\nEND-OF-RULES`);
  }

  dial(address: string, port: number): Promise<Duplex> {
    const { relay, address: own } = this.running;
    return address === own && relay.host === own ? dialDirect(address, port) : dialThrough(relay, address, port);
  }

  async forgetUdp(address: string, port: number): Promise<void> {
    // conntrack fails when there is nothing to delete.
    await this.shell(`/usr/sbin/conntrack -D -p udp -d ${address} --dport ${port} >/dev/null 2>&1 || true`);
  }

  onReset(listener: () => void): void {
    this.resetListeners.push(listener);
  }

  close(): void {
    this.closing.abort();
    this.connection.then(({ shell }) => shell.close(), () => undefined);
  }

  async stop(): Promise<void> {
    await this.endRelayed();
    this.close();
    await this.container().stop({ t: 0 }).catch(ignoreStatus(304, 404));
  }

  async remove(): Promise<void> {
    await this.endRelayed();
    this.close();
    await this.container().remove({ force: true, v: true }).catch(ignoreStatus(404, 409));
  }

  /**
   * containerd takes up to a minute to end a container whose processes die by the dozen (seen with 1.6, pid=host);
   * relayed connections are ended first, by their parent.
   */
  private async endRelayed(): Promise<void> {
    const { pid } = this.running;
    await this.shell(`kill -9 $(cat /proc/${pid}/task/${pid}/children) 2>/dev/null || true`).catch(() => undefined);
  }

  private container(): Docker.Container {
    return this.request.docker.getContainer(this.running.id);
  }

  private async connect(): Promise<Connection> {
    const { docker, profile, node } = this.request;
    // Watched from before it is looked at: no end is missed.
    const life = await watchForDeath(docker, nodeContainerName(profile, node.name));
    try {
      const running = await ensureContainer(this.request);
      await relayListens(running.relay);
      const shell = await openShell(docker, running.id);
      void life.dead.then(() => shell.close());
      void shell.ended.then(() => life.close());
      await this.connectRoutes(running, shell).catch((error) => {
        shell.close();
        throw error;
      });
      this.running = running;
      void shell.ended.then(() => this.lost());
      return { running, shell };
    } catch (error) {
      life.close();
      throw error;
    }
  }

  /** Each node sends the other's pod range to the other's address; the bridge between them is one link. */
  private async connectRoutes(running: RunningNode, own: Shell): Promise<void> {
    const { docker, profile, node } = this.request;
    for (const other of await otherNodes(docker, profile, running.id)) {
      await own.run(routeCommand(other.podCIDR, other.address));
      const shell = await openShell(docker, other.id);
      await shell.run(routeCommand(node.podCIDR, running.address)).finally(() => shell.close());
    }
  }

  private async lost(): Promise<void> {
    for (let waitMs = retryMs.first; !this.closing.signal.aborted; waitMs = Math.min(waitMs * 2, retryMs.most)) {
      this.connection = this.connect();
      try {
        const { shell } = await this.connection;
        await this.wireAll(shell);

        for (const listener of this.resetListeners) listener();
        return;
      } catch {
        await delay(waitMs, undefined, { signal: this.closing.signal }).catch(() => undefined);
      }
    }
  }

  private async wireAll(shell: Shell): Promise<void> {
    const gateway = gatewayOf(this.request.node.podCIDR);
    await Promise.all([...this.pods].map(([ip, pid]) => shell.run(wireCommand(pid, ip, gateway)).catch((error) => {
      // The sandbox ended meanwhile; its removal will unwire it.
      if (this.closing.signal.aborted) throw error;
      this.pods.delete(ip);
    })));
  }
}
