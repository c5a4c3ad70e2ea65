import type { Random } from '../../../api/clock';
import { stickyTarget, Turns } from './choose';
import type { ForwardDecision } from './exchange';
import type { RequestHead, Target } from './route';

export type ForwardError = Error & { readonly code?: string };

const triesMax = 3;
const turnsOf = new WeakMap<readonly Target[], Turns>();

export function chooseTarget({ decision: { route, backend }, head }: { decision: ForwardDecision; head: RequestHead }, random: Random, tried: readonly Target[] = []): Target {
  const { targets } = backend;
  const sticky = route.policy.affinity && stickyTarget(targets, route.policy.affinity, head);
  if (sticky && !tried.includes(sticky)) return sticky;
  let turns = turnsOf.get(targets);
  if (!turns) turnsOf.set(targets, turns = new Turns(random));
  return turns.choose(targets, tried)!;
}

/** Nothing was sent, or doing it twice is as good as once. `tries`: how many have failed. */
export function mayTryAgain(method: string, { code = '' }: ForwardError, tries: number): boolean {
  const notSent = /^(ECONNREFUSED|EHOSTUNREACH|ENETUNREACH|ETIMEDOUT)$/.test(code);
  const idempotent = method === 'GET' || method === 'HEAD' || method === 'OPTIONS';
  return tries < triesMax && (notSent || (idempotent && !/HEADERS_TIMEOUT|BODY_TIMEOUT/.test(code)));
}

export function problemOf({ code = '', message }: ForwardError, { route, backend }: ForwardDecision, { address, port }: Target): { status: number; message: string } {
  if (code === 'BodyTooLarge') return { status: 413, message };
  return { status: /TIMEOUT|ETIMEDOUT/.test(code) ? 504 : 502, message: `${route.owner}: ${backend.name} at ${address}:${port}: ${message}` };
}
