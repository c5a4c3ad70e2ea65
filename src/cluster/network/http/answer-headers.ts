import { affinityCookie } from './decide';
import type { ForwardDecision } from './exchange';
import { downstreamHeaders, type ResponseHeaders } from './headers';
import type { RequestHead, Target } from './route';

/** What a client gets of the target's headers, and what the route adds to them. */
export function answerHeaders({ head, decision: { route, backend, responseHeaders } }: { head: RequestHead; decision: ForwardDecision }, given: Parameters<typeof downstreamHeaders>[0], target: Target): ResponseHeaders {
  const headers: ResponseHeaders = { ...downstreamHeaders(given, [route.policy.edits?.response, backend.edits?.response]), ...responseHeaders };
  const cookie = affinityCookie(route, head, target);
  if (cookie) headers['set-cookie'] = [...[headers['set-cookie'] ?? []].flat(), cookie];
  return headers;
}
