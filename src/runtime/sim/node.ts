import { BlockList } from 'node:net';
import type { Duplex } from 'node:stream';
import type { NodeNetwork } from '../port';

/** A node that is a name: rules are kept to be looked at, connections go to the simulated pods, and to what is not of this cluster. */
export class SimNode implements NodeNetwork {
  readonly address: string;
  readonly simulated = true;
  readonly hostAddress = '127.0.0.1';
  readonly scripts: string[] = [];

  constructor(index: number, private readonly podCIDR: string, readonly dial: (address: string, port: number) => Promise<Duplex>) {
    this.address = `172.30.${Math.floor((index + 2) / 256)}.${(index + 2) % 256}`;
  }

  /** Whether an address is one of this node or its pods. */
  has(address: string): boolean {
    const [base = '', bits] = this.podCIDR.split('/');
    const prefix = new BlockList();
    prefix.addSubnet(base, Number(bits));
    return address === this.address || prefix.check(address);
  }

  applyRules(script: string): Promise<void> {
    this.scripts.splice(0, this.scripts.length, script);
    return Promise.resolve();
  }

  forgetUdp(): Promise<void> {
    return Promise.resolve();
  }
}
