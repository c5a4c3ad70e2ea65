import type { Clock } from '../../../api/clock';
import { ApiError, badRequest } from '../../../api/errors';
import { parseGoDuration } from '../../../api/duration';
import { isLongRunning } from './long-running';
import type { RequestInfo } from './request-info';

/** Source: --request-timeout. */
const requestMsMax = 60_000;

/** Wording: WithTimeoutForNonLongRunningRequests. */
const tooLate = () => new ApiError('Timeout', 'Timeout: request did not complete within the allotted timeout', {});

/** Runs `work`, but no longer than the request may last; then throws Timeout, and what `work` still does is nobody's. Throws BadRequest. */
export async function withDeadline<T>(clock: Clock, info: RequestInfo, work: () => Promise<T>): Promise<T> {
  if (isLongRunning(info)) return work();
  const ms = deadlineMs(info.query);
  return new Promise<T>((resolve, reject) => {
    const cancel = clock.schedule(ms, () => reject(tooLate()));
    work().then(resolve, reject).finally(cancel);
  });
}

/** What the client asks for, as far as that is less than the limit; 0 asks for nothing. Source: WithRequestDeadline. */
function deadlineMs(query: URLSearchParams): number {
  const text = query.get('timeout');
  if (!text) return requestMsMax;
  try {
    const ms = parseGoDuration(text);
    return ms > 0 ? Math.min(ms, requestMsMax) : requestMsMax;
  } catch (error) {
    throw badRequest(`invalid timeout specified in the request URL - ${(error as Error).message}`);
  }
}
