import type { Clock } from '../../../../api/clock';
import { targetKey, type Pools } from '../pools';
import type { Backend, Target } from '../route';
import { Upstream } from './upstream';

/** Connections to targets that are kept between requests. The one that rested last is taken first, so that what is not needed grows old. */
export class Upstreams {
  private readonly resting = new Map<string, Upstream[]>();
  /** Counts the tables of routes; connections know under which one they were opened. */
  private table = 0;
  private wanted: ReadonlySet<string> = new Set();

  constructor(private readonly pools: Pick<Pools, 'connect'>, private readonly clock: Clock) {}

  take(backend: Backend, target: Target): Upstream | undefined {
    const list = this.resting.get(targetKey(backend, target));
    for (let upstream = list?.pop(); upstream; upstream = list?.pop()) if (upstream.isUsable) return upstream;
    return undefined;
  }

  /** Rejects with the system's error, or ETIMEDOUT. */
  async open(backend: Backend, target: Target, timeoutMs: number | undefined): Promise<Upstream> {
    const { table } = this;
    const socket = await this.pools.connect(backend, target, timeoutMs);
    return new Upstream(socket, { key: targetKey(backend, target), table, clock: this.clock, gone: (upstream) => this.forget(upstream) });
  }

  /** Back after a request; 0: not to be used again. */
  give(upstream: Upstream, idleMs: number): void {
    const { key, table } = upstream.options;
    const isWanted = table === this.table || this.wanted.has(key);
    if (idleMs === 0 || !upstream.isUsable || !isWanted) return upstream.destroy();
    upstream.rest(idleMs);
    const list = this.resting.get(key);
    if (list) list.push(upstream);
    else this.resting.set(key, [upstream]);
  }

  /** A new table of routes: closes connections to targets that are not in it, those in use when their request is answered. */
  keep(keys: ReadonlySet<string>): void {
    this.table++;
    this.wanted = keys;
    for (const [key, list] of this.resting) {
      if (keys.has(key)) continue;
      this.resting.delete(key);
      for (const upstream of list) upstream.destroy();
    }
  }

  destroy(): void {
    this.keep(new Set());
  }

  private forget(upstream: Upstream): void {
    const list = this.resting.get(upstream.options.key);
    const at = list?.indexOf(upstream) ?? -1;
    if (at >= 0) list!.splice(at, 1);
    if (list?.length === 0) this.resting.delete(upstream.options.key);
  }
}
