import { uptime } from 'node:os';
import { setTimeout as delay } from 'node:timers/promises';
import { background } from '../../support/cluster';
import { kubectlPath } from '../../support/oracle';
import type { Network } from './cluster';

/** One request, each by a connection of its own: when its answer came, in seconds of the machine's life. */
export interface Asked { readonly at: number; readonly failure?: string }

/** Somebody who asks without a pause. */
export interface Asking {
  so(): readonly Asked[];
  /** Resolves to everything that was asked. */
  end(): Promise<readonly Asked[]>;
}

/** From inside of a pod, so many at a time. */
export function askingInPod(net: Network, pod: string, url: string, atOnce = 1): Asking {
  // Its output goes to a file: timeout's watcher holds a pipe for up to a second longer.
  const loop = `while [ ! -e /tmp/enough ]; do if timeout 5 wget -qO /dev/null http://${url}/ 2>/tmp/why; then said=ok; else said="no $(cat /tmp/why)"; fi; read -r up rest </proc/uptime; echo "$up $said"; done`;
  const script = [`rm -f /tmp/enough`, ...Array.from({ length: atOnce }, () => `( ${loop} ) &`), 'wait'].join('\n');
  const client = background(kubectlPath(), ['exec', pod, '--', 'sh', '-c', script], net.cluster.env);
  const so = () => client.output().split('\n').filter(Boolean).map((line) => {
    const [at = '', ...said] = line.split(' ');
    return { at: Number(at), ...(said.join(' ') !== 'ok' && { failure: line }) };
  });
  return {
    so,
    async end() {
      await net.inPod(pod, 'touch /tmp/enough');
      await client.ended;
      return so();
    },
  };
}

/** From this machine, so many at a time. */
export function askingHere(ask: () => Promise<unknown>, atOnce = 1): Asking {
  const asked: Asked[] = [];
  let isOver = false;
  const loops = Array.from({ length: atOnce }, async () => {
    while (!isOver) {
      await ask().then(() => asked.push({ at: uptime() }), (error: Error) => asked.push({ at: uptime(), failure: error.message }));
      await delay(5);
    }
  });
  return {
    so: () => asked,
    async end() {
      isOver = true;
      await Promise.all(loops);
      return asked;
    },
  };
}

/** What each was answered while the work was done; they end with it, whatever becomes of it. */
export async function whileAsking(asking: readonly Asking[], work: (so: () => (readonly Asked[])[]) => Promise<void>): Promise<(readonly Asked[])[]> {
  try {
    await work(() => asking.map((each) => each.so()));
  } catch (error) {
    await Promise.all(asking.map((each) => each.end()));
    throw error;
  }
  return Promise.all(asking.map((each) => each.end()));
}

/** Seconds from then to the first answer after the last failure, or to the first answer at all. */
export function backAfter(asked: readonly Asked[], then: number): number {
  const since = asked.filter(({ at }) => at > then);
  const lastFailure = since.findLastIndex(({ failure }) => failure !== undefined);
  return (since[lastFailure + 1]?.at ?? Infinity) - then;
}

export const failures = (asked: readonly Asked[]): string[] => asked.flatMap(({ failure }) => failure ?? []);
