import { setTimeout as sleep } from 'node:timers/promises';
import type { ApiRequest, ApiResponse, Transport } from './transport';

const retriesMax = 10;
/** For a connection that breaks, which names no time. */
const resetWaitS = 1;

type Wait = (waitMs: number, signal?: AbortSignal) => Promise<unknown>;

/**
 * Asks again when the server wants that: 429 or 5xx with Retry-After in seconds; and a read whose connection is reset.
 * After withRetry in k8s.io/client-go/rest.
 */
export function retrying(transport: Transport, wait: Wait = (waitMs, signal) => sleep(waitMs, undefined, { signal })): Transport {
  return {
    close: () => transport.close(),
    async send(request) {
      for (let attempt = 0; ; attempt++) {
        const last = attempt === retriesMax;
        const outcome = await transport.send(request).then((response) => ({ response }), (error: unknown) => ({ error }));
        const seconds = last ? undefined : 'response' in outcome ? wantedWait(outcome.response) : resetWait(outcome.error, request);
        if (seconds === undefined) {
          if ('error' in outcome) throw outcome.error;
          return outcome.response;
        }
        if ('response' in outcome) await drain(outcome.response);
        await wait(seconds * 1000, request.signal);
      }
    },
  };
}

function wantedWait({ status, headers }: ApiResponse): number | undefined {
  const text = String(headers['retry-after'] ?? '');
  return (status === 429 || status >= 500) && /^\d+$/.test(text) ? Number(text) : undefined;
}

function resetWait(error: unknown, { method = 'GET' }: ApiRequest): number | undefined {
  const cause = (error as Error).cause as NodeJS.ErrnoException | undefined;
  return method === 'GET' && cause?.code === 'ECONNRESET' ? resetWaitS : undefined;
}

async function drain({ body }: ApiResponse): Promise<void> {
  for await (const chunk of body) void chunk;
}
