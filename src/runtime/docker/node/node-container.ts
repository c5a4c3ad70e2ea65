import { setTimeout as delay } from 'node:timers/promises';
import type { Duplex } from 'node:stream';
import type Docker from 'dockerode';
import { RuntimeFailure } from '../../port';
import { watchForDeath } from './death';
import { ensureContainer, otherNodes, type ContainerRequest, type RunningNode } from './container';
import type { NodeContainer } from './contract';
import { nodeContainerName } from './names';
import { ignoreStatus } from './network';
import { dialDirect, dialTimeoutMs, patiently, timedOut, within } from '../../dial';
import { Doors } from './doors';
import { dialThrough, relayListens } from './relay';
import { openNft, openShell, type Shell } from './shell';
import { gatewayOf, routeCommand, unwireCommand, wireCommand } from './wiring';

interface Connection {
  running: RunningNode;
  shell: Shell;
  nft: Shell;
  /** Absent where the node's address cannot be reached from here. */
  doors: Doors | undefined;
}

/** Of a script that is given to the nft that is kept open, in one line; a whole table goes to one of its own. */
const lineBytesMax = 8192;

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
  private readonly resetListeners: (() => Promise<void>)[] = [];
  /** Pending while the network is being put back. */
  private recovery: Promise<unknown> | undefined;
  private readonly closing = new AbortController();

  private constructor(private readonly request: ContainerRequest, readonly hostAddress: string) {}

  static async open(request: ContainerRequest, hostAddress: string): Promise<WiredNodeContainer> {
    const node = new WiredNodeContainer(request, hostAddress);
    node.connection = node.connect();
    const connection = await node.connection;
    await (await node.connectRoutes(connection)).back;
    void node.keep(connection);
    return node;
  }

  get containerId(): string {
    return this.running.id;
  }

  get startedAtMs(): number {
    return this.running.startedAtMs;
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
    const { nft } = await this.connection;
    if (script.length < lineBytesMax && !nft.hasEnded) await nft.run(script);
    else await this.shell(`/usr/sbin/nft -f - <<'END-OF-RULES'\n${script}\nEND-OF-RULES`);
  }

  async dial(address: string, port: number): Promise<Duplex> {
    const isReached = address === this.address && this.running.relay.host === address;
    if (isReached) {
      return patiently(async (limitMs) => {
        await this.untilBack(address, port);
        return dialDirect(this.address, port, limitMs);
      });
    }
    await this.untilBack(address, port);
    const { doors } = await this.connection;
    return doors?.leadTo(address) ? doors.dial(address, port) : dialThrough(this.running.relay, address, port);
  }

  dialLoopback(sandboxPid: number, port: number): Promise<Duplex> {
    return dialThrough(this.running.relay, '127.0.0.1', port, sandboxPid);
  }

  async forgetUdp(address: string, port: number): Promise<void> {
    // conntrack fails when there is nothing to delete.
    await this.shell(`/usr/sbin/conntrack -D -p udp -d ${address} --dport ${port} >/dev/null 2>&1 || true`);
  }

  onReset(listener: () => Promise<void>): void {
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
      const [shell, nft, from] = await Promise.all([openShell(docker, running.id), openNft(docker, running.id), relayListens(running.relay)]);
      void life.dead.then(() => shell.close());
      void shell.ended.then(() => {
        nft.close();
        life.close();
      });
      const { address, relay } = running;
      const doors = relay.host === address ? await Doors.open({ nft, address, podCIDR: node.podCIDR, from }, relay.port) : undefined;
      this.running = running;
      return { running, shell, nft, doors };
    } catch (error) {
      life.close();
      throw error;
    }
  }

  /** Each node sends the other's pod range to the other's address; the bridge between them is one link. */
  private async connectRoutes({ running, shell }: Connection): Promise<{ back: Promise<unknown> }> {
    const { docker, profile, node } = this.request;
    const others = await otherNodes(docker, profile, running.id);
    await shell.run(others.map((other) => routeCommand(other.podCIDR, other.address)).join(' && ') || 'true');
    // One that ends meanwhile makes both routes when it is back.
    return { back: Promise.all(others.map(({ id }) => runOnce(docker, id, routeCommand(node.podCIDR, running.address)).catch(() => undefined))) };
  }

  private async untilBack(address: string, port: number): Promise<void> {
    if (this.recovery) await within(dialTimeoutMs, this.recovery, () => timedOut(address, port));
  }

  /** One life of the container after the other. */
  private async keep(first: Connection): Promise<void> {
    for (let now: Connection | undefined = first; now;) {
      await now.shell.ended;
      const back = this.recover();
      this.recovery = back;
      now = await back;
      this.recovery = undefined;
    }
  }

  private async recover(): Promise<Connection | undefined> {
    for (let waitMs = retryMs.first; !this.closing.signal.aborted; waitMs = Math.min(waitMs * 2, retryMs.most)) {
      this.connection = this.connect();
      try {
        return await this.restored(await this.connection);
      } catch {
        await delay(waitMs, undefined, { signal: this.closing.signal }).catch(() => undefined);
      }
    }
    return undefined;
  }

  /** Pods last: what they send before there are rules and routes is lost, and sent again only after a second. */
  private async restored(connection: Connection): Promise<Connection> {
    try {
      const [{ back }] = await Promise.all([this.connectRoutes(connection), ...this.resetListeners.map((listener) => listener())]);
      await this.wireAll(connection.shell);
      await back;
      return connection;
    } catch (error) {
      connection.shell.close();
      throw error;
    }
  }

  private async wireAll(shell: Shell): Promise<void> {
    const gateway = gatewayOf(this.request.node.podCIDR);
    await Promise.all([...this.pods].map(([ip, pid]) => shell.run(wireCommand(pid, ip, gateway)).catch((error) => {
      if (shell.hasEnded) throw error;
      // The sandbox ended meanwhile; its removal will unwire it.
      this.pods.delete(ip);
    })));
  }
}

async function runOnce(docker: Docker, containerId: string, command: string): Promise<void> {
  const shell = await openShell(docker, containerId);
  await shell.run(command).finally(() => shell.close());
}
