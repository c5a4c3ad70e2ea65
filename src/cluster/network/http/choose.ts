import { createHash } from 'node:crypto';
import type { Random } from '../../../api/clock';
import { headerOf, type Affinity, type Backend, type RequestHead, type Target } from './route';

/** By weight, among all that have some: one without targets gets its share, too, and says why it cannot serve it. */
export function chooseBackend(backends: readonly Backend[], request: RequestHead, random: Random): Backend | undefined {
  const [first] = backends;
  if (backends.length === 1 && !first!.claim) return first!.weight > 0 ? first : undefined;
  const claims = backends.map((backend) => ({ backend, claimed: claimed(backend, request) }));
  const sure = claims.find((one) => one.claimed === true);
  if (sure) return sure.backend;
  const open = claims.filter((one) => one.claimed !== false).map(({ backend }) => backend);
  const total = open.reduce((sum, { weight }) => sum + weight, 0);
  let left = random() * total;
  return open.find(({ weight }) => weight > 0 && (left -= weight) < 0) ?? open.findLast(({ weight }) => weight > 0);
}

/** Undefined: the weights decide. Order and values: the canary annotations of ingress-nginx. */
function claimed({ claim }: Backend, request: RequestHead): boolean | undefined {
  if (!claim) return undefined;
  const { header, headerValue, headerPattern, cookie } = claim;
  const given = header && headerOf(request, header);
  if (given !== undefined && given !== '') {
    if (headerValue !== undefined) {
      if (given === headerValue) return true;
    } else if (headerPattern) {
      if (headerPattern.test(given)) return true;
    } else if (given === 'always' || given === 'never') return given === 'always';
  }
  const value = cookie && cookieOf(request, cookie);
  return value === 'always' ? true : value === 'never' ? false : undefined;
}

/** Turns through the targets, from one that chance picks; `tried` come last. */
export class Turns {
  private next: number;

  constructor(random: Random) {
    this.next = Math.floor(random() * 1024);
  }

  choose(targets: readonly Target[], tried: readonly Target[] = []): Target | undefined {
    const fresh = tried.length ? targets.filter((target) => !tried.includes(target)) : targets;
    const from = fresh.length ? fresh : targets;
    this.next = (this.next + 1) % 0x7fff_ffff;
    return from[this.next % from.length];
  }
}

/** What the cookie tells of a target; nothing can be learnt from it. */
export const stickyValue = ({ address, port }: Target): string => createHash('sha256').update(`${address}:${port}`).digest('hex').slice(0, 32);

/** The target that the client was led to before, while it is there. */
export function stickyTarget(targets: readonly Target[], { cookie }: Affinity, request: RequestHead): Target | undefined {
  const value = cookieOf(request, cookie);
  return value ? targets.find((target) => stickyValue(target) === value) : undefined;
}

export function cookieOf(request: Pick<RequestHead, 'headers'>, name: string): string | undefined {
  for (const part of (headerOf(request, 'cookie') ?? '').split(/[;,]/)) {
    const at = part.indexOf('=');
    if (at > 0 && part.slice(0, at).trim() === name) return part.slice(at + 1).trim();
  }
  return undefined;
}
