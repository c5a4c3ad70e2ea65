import type { Duplex } from 'node:stream';
import type { NodeNetwork } from '../port';

/** A node that is a name: rules are kept to be looked at, connections go to the simulated pods. */
export class SimNode implements NodeNetwork {
  readonly address: string;
  readonly hostAddress = '127.0.0.1';
  readonly scripts: string[] = [];

  constructor(index: number, readonly dial: (address: string, port: number) => Promise<Duplex>) {
    this.address = `172.30.${Math.floor((index + 2) / 256)}.${(index + 2) % 256}`;
  }

  applyRules(script: string): Promise<void> {
    this.scripts.splice(0, this.scripts.length, script);
    return Promise.resolve();
  }

  forgetUdp(): Promise<void> {
    return Promise.resolve();
  }
}
