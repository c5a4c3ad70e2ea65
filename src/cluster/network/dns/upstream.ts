import { createSocket } from 'node:dgram';
import { randomInt } from 'node:crypto';
import { connect } from 'node:net';
import type { Clock } from '../../../api/clock';
import { cacheableSeconds, withId } from './message';
import { splitMessages, withLength } from './stream';

/** Other name servers. Gives the response to a query, or rejects when none answered. */
export interface Upstream {
  resolve(query: Buffer, transport: Transport): Promise<Buffer>;
}

export type Transport = 'udp' | 'tcp';

export interface UpstreamOptions {
  clock: Clock;
  /** Of the moment: a laptop changes networks. */
  servers: () => Promise<string[]>;
  port?: number;
}

/** Before the next server is asked. */
const timeoutMs = 2000;

/** As kubeadm's CoreDNS: nothing is kept longer, whatever its TTL says. */
const cacheSecondsMost = 30;
const cacheEntriesMost = 1000;

export function createUpstream(options: UpstreamOptions): Upstream {
  const { clock } = options;
  const cache = new Map<string, { response: Buffer; untilMs: number }>();

  function remember(key: string, response: Buffer): void {
    const seconds = Math.min(cacheableSeconds(response) ?? 0, cacheSecondsMost);
    if (seconds <= 0) return;
    cache.delete(key);
    cache.set(key, { response, untilMs: clock.now() + seconds * 1000 });
    if (cache.size > cacheEntriesMost) cache.delete(cache.keys().next().value!);
  }

  return {
    async resolve(query, transport) {
      const id = query.readUInt16BE(0);
      // Everything but the id: the same question with other options gets another answer.
      const key = `${transport} ${query.subarray(2).toString('latin1')}`;
      const known = cache.get(key);
      if (known && known.untilMs > clock.now()) return withId(known.response, id);
      const response = await askInTurn(options, query, transport);
      remember(key, response);
      return withId(response, id);
    },
  };
}

async function askInTurn({ servers, port = 53, clock }: UpstreamOptions, query: Buffer, transport: Transport): Promise<Buffer> {
  let last: unknown = new Error('no name server is configured on this machine');
  for (const server of await servers()) {
    try {
      return await ask[transport](withId(query, randomInt(0x10000)), server, port, clock);
    } catch (error) {
      last = error;
    }
  }
  throw last;
}

type Ask = (query: Buffer, server: string, port: number, clock: Clock) => Promise<Buffer>;

const ask: Record<Transport, Ask> = {
  udp: (query, server, port, clock) => new Promise((resolve, reject) => {
    const socket = createSocket(server.includes(':') ? 'udp6' : 'udp4');
    const end = once(clock, server, () => socket.close(), reject);
    socket.on('error', (error) => end(() => reject(error)));
    socket.on('message', (response) => {
      if (response.length >= 12 && response.readUInt16BE(0) === query.readUInt16BE(0)) end(() => resolve(response));
    });
    // Connected, so that only this server's datagrams arrive.
    socket.connect(port, server, () => {
      if (!end.ended) socket.send(query);
    });
  }),
  tcp: (query, server, port, clock) => new Promise((resolve, reject) => {
    const socket = connect({ host: server, port });
    const end = once(clock, server, () => socket.destroy(), reject);
    socket.on('error', (error) => end(() => reject(error)));
    socket.on('close', () => end(() => reject(new Error(`${server} closed the connection`))));
    socket.write(withLength(query));
    splitMessages(socket, (response) => end(() => resolve(response)));
  }),
};

/** Whatever happens first ends the exchange: an answer, an error, the time. */
function once(clock: Clock, server: string, release: () => void, reject: (error: Error) => void) {
  const end = Object.assign((finish: () => void) => {
    if (end.ended) return;
    end.ended = true;
    cancel();
    release();
    finish();
  }, { ended: false });
  const cancel = clock.schedule(timeoutMs, () => end(() => reject(new Error(`${server} does not answer`))));
  return end;
}
