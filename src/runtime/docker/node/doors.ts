import { BlockList, isIPv4 } from 'node:net';
import type { Duplex } from 'node:stream';
import { nodeConnectionMark } from '../../port';
import { dialDirect, patiently } from '../../dial';
import type { Shell } from './shell';
import { gatewayOf } from './wiring';

export interface DoorsOptions {
  /** nft, kept open in the node container. */
  nft: Pick<Shell, 'run'>;
  /** The node's, on the bridge. */
  address: string;
  podCIDR: string;
  /** The only source that the doors are open to: this process, as the node sees it. */
  from: string;
}

const table = 'ip knarr-doors';

/** Of the node's address; above what systems choose for connections of their own. */
const ports = { first: 61_001, count: 4096 };

/**
 * Connections to pods with no process in between: a port of the node's own address for each address and port that was
 * ever asked for, translated by the kernel. The one used longest ago is given to the next when there are too many;
 * connections outlive that.
 */
export class Doors {
  /** `address port` → the node's port, that used last at the end. */
  private readonly known = new Map<string, Promise<number>>();
  private taken = 0;
  private readonly pods = new BlockList();

  private constructor(private readonly options: DoorsOptions) {
    const [base, prefix] = options.podCIDR.split('/');
    this.pods.addSubnet(base!, Number(prefix));
  }

  /** Undefined where they cannot be passed: `probePort`, where the node itself listens, is tried. */
  static async open(options: DoorsOptions, probePort: number): Promise<Doors | undefined> {
    const doors = new Doors(options);
    try {
      await options.nft.run(tableScript(options));
      (await dialDirect(options.address, await doors.doorTo(options.address, probePort), 1000)).destroy();
      return doors;
    } catch {
      return undefined;
    }
  }

  /** Whether it may be a pod of this node; what is elsewhere, or not an IPv4 address, is not reached by a door. */
  leadTo(address: string): boolean {
    return isIPv4(address) && this.pods.check(address);
  }

  /** Rejects as a connection to the address itself would: `connect ECONNREFUSED 10.244.0.5:80`. */
  async dial(address: string, port: number): Promise<Duplex> {
    try {
      const door = await this.doorTo(address, port);
      return await patiently((limitMs) => dialDirect(this.options.address, door, limitMs));
    } catch (error) {
      const { code, message } = error as NodeJS.ErrnoException;
      throw Object.assign(new Error(code ? `connect ${code} ${address}:${port}` : message), { ...(code && { code }), syscall: 'connect', address, port });
    }
  }

  private doorTo(address: string, port: number): Promise<number> {
    const key = `${address} ${port}`;
    const door = this.known.get(key) ?? this.make(address, port);
    this.known.delete(key);
    this.known.set(key, door);
    door.catch(() => this.known.delete(key));
    return door;
  }

  private async make(address: string, port: number): Promise<number> {
    const { nft } = this.options;
    if (this.taken < ports.count) {
      const door = ports.first + this.taken++;
      await nft.run(element('add', door, address, port));
      return door;
    }
    const [oldest, itsDoor] = [...this.known][0]!;
    this.known.delete(oldest);
    const door = await itsDoor;
    const [oldAddress, oldPort] = oldest.split(' ');
    await nft.run(`${element('delete', door, oldAddress!, Number(oldPort))}\n${element('add', door, address, port)}`);
    return door;
  }
}

const element = (verb: 'add' | 'delete', door: number, address: string, port: number) => `${verb} element ${table} doors { ${door} : ${address} . ${port} }`;

/** Pods see the node's gateway address, as they do for what a node opens by itself. */
function tableScript({ address, podCIDR, from }: DoorsOptions): string {
  return [
    `add table ${table}`, `delete table ${table}`, `add table ${table}`,
    `add map ${table} doors { type inet_service : ipv4_addr . inet_service; }`,
    `add chain ${table} enter { type nat hook prerouting priority dstnat - 1; }`,
    `add chain ${table} leave { type nat hook postrouting priority srcnat - 1; }`,
    `add rule ${table} enter ip saddr ${from} ip daddr ${address} tcp dport ${ports.first}-${ports.first + ports.count - 1} ct mark set ${nodeConnectionMark} dnat ip addr . port to tcp dport map @doors`,
    `add rule ${table} leave ct mark ${nodeConnectionMark} ct status dnat ip daddr ${podCIDR} snat to ${gatewayOf(podCIDR)}`,
  ].join('\n');
}
