import type { Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import { connect as connectTLS } from 'node:tls';
import type { Dispatcher, Pool } from 'undici';
import type { Clock } from '../../../api/clock';
import type { Backend, Target } from './route';

export type Dial = (target: Target) => Promise<Duplex>;

type PoolClass = typeof Pool;

/** What nginx waits for a connection. */
const connectTimeoutMs = 5000;

const keysOf = { http: new WeakMap<Target, string>(), https: new WeakMap<Target, string>() };

/** The same for all that reach the same process in the same way. */
export function targetKey({ protocol }: Pick<Backend, 'protocol'>, target: Target): string {
  let key = keysOf[protocol].get(target);
  if (key === undefined) {
    const { nodeName = '', address, port } = target;
    keysOf[protocol].set(target, key = `${protocol} ${nodeName} ${address}:${port}`);
  }
  return key;
}

/** Connections that stay open between requests, a pool for each target. Idle ones are closed after four seconds, or when the target says so. */
export class Pools {
  private readonly pools = new Map<string, Pool>();
  private loaded: PoolClass | undefined;

  constructor(private readonly dial: Dial, private readonly clock: Clock) {}

  /** To be awaited before the first request: what clients do not need until then is loaded then. */
  get ready(): Promise<void> | undefined {
    if (this.loaded) return undefined;
    return import('undici/lib/dispatcher/pool.js').then((module) => {
      this.loaded = module.default as unknown as PoolClass;
    });
  }

  for(backend: Backend, target: Target, timeoutMs = connectTimeoutMs): Dispatcher {
    const key = targetKey(backend, target);
    const known = this.pools.get(key);
    if (known) return known;
    const pool = new this.loaded!(`http://${target.address}:${target.port}`, {
      pipelining: 1, headersTimeout: 0, bodyTimeout: 0,
      connect: (_options, done) => {
        this.connect(backend, target, timeoutMs).then((socket) => done(null, socket), (error: Error) => done(error, null));
      },
    });
    this.pools.set(key, pool);
    return pool;
  }

  /** A connection of one's own. */
  async connect({ protocol }: Pick<Backend, 'protocol'>, target: Target, timeoutMs = connectTimeoutMs): Promise<Socket> {
    const plain = await this.inTime(this.dial(target), timeoutMs, target);
    const socket = protocol === 'https' ? await secured(plain, target) : plain;
    return socket as Socket;
  }

  /** Ends the pools of targets that nobody leads to any more, each when its last request has been answered. */
  keep(keys: ReadonlySet<string>): void {
    for (const [key, pool] of this.pools) {
      if (keys.has(key)) continue;
      this.pools.delete(key);
      pool.close().catch(() => undefined);
    }
  }

  async destroy(): Promise<void> {
    const pools = [...this.pools.values()];
    this.pools.clear();
    await Promise.all(pools.map((pool) => pool.destroy().catch(() => undefined)));
  }

  private inTime(connecting: Promise<Duplex>, timeoutMs: number, { address, port }: Target): Promise<Duplex> {
    return new Promise((resolve, reject) => {
      let late = false;
      const cancel = this.clock.schedule(timeoutMs, () => {
        late = true;
        reject(Object.assign(new Error(`no connection to ${address}:${port} within ${timeoutMs / 1000} s`), { code: 'ETIMEDOUT' }));
      });
      connecting.then((socket) => {
        cancel();
        if (late) socket.destroy();
        else resolve(socket);
      }, (error: Error) => {
        cancel();
        reject(error);
      });
    });
  }
}

/** A backend's certificate is not looked at, as nginx does unless told otherwise. */
function secured(socket: Duplex, { address, external }: Target): Promise<Duplex> {
  return new Promise((resolve, reject) => {
    const secure = connectTLS({ socket, rejectUnauthorized: false, ALPNProtocols: ['http/1.1'], ...(external && { servername: address }) }, () => {
      secure.off('error', reject);
      resolve(secure);
    }).once('error', reject);
  });
}
