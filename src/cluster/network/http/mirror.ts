import type { Dispatcher } from 'undici';
import type { Readable } from 'node:stream';
import type { Exchange, ForwardContext } from './exchange';
import { upstreamHeaders } from './headers';

const timeoutMs = 15_000;

const nothing = () => undefined;

/** Nobody reads what a mirror answers. */
const ignore: Dispatcher.DispatchHandler = { onRequestStart: nothing, onResponseStart: nothing, onResponseData: nothing, onResponseEnd: nothing, onResponseError: nothing };

/** Sends copies of a request that was read whole; a stream is not copied, for there is no end to what it may hold. */
export function mirror({ request, head, facts, decision: { route: { policy }, path } }: Exchange, { pools, random }: ForwardContext, body: Buffer | Readable | undefined): void {
  if (body !== undefined && !Buffer.isBuffer(body)) return;
  for (const { backend, share } of policy.mirrors ?? []) {
    const target = backend.targets[Math.floor(random() * backend.targets.length)];
    if (!target || random() >= share) continue;
    pools.for(backend, target).dispatch({
      path, method: head.method, headers: upstreamHeaders(request.rawHeaders, facts, policy.upstreamHost, [policy.edits?.request]), body: body ?? null,
      headersTimeout: timeoutMs, bodyTimeout: timeoutMs,
    }, ignore);
  }
}
