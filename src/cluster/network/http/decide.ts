import type { Random } from '../../../api/clock';
import { cidrContains, parseCIDR, parseIP } from '../../../api/validation';
import { isAdmitted } from './basic-auth';
import { chooseBackend, cookieOf, stickyValue } from './choose';
import { corsHeaders, isPreflight } from './cors';
import { redirectTo, rewritten, type PublicPorts } from './rewrite';
import { headerOf, type Backend, type RequestHead, type Route } from './route';

export type Headers = Record<string, string>;

export type Decision =
  | { readonly do: 'answer'; readonly status: number; readonly headers: Headers; readonly message: string }
  | { readonly do: 'forward'; readonly route: Route; readonly backend: Backend; readonly path: string; readonly responseHeaders: Headers };

export interface DecideContext {
  readonly ports: PublicPorts;
  readonly random: Random;
}

/** What becomes of a request that this route has caught. Pure but for chance. */
export function decide(route: Route, request: RequestHead, { ports, random }: DecideContext): Decision {
  const { action, policy, match } = route;
  const refused = refusal(route, request);
  if (refused) return refused;
  if (policy.httpsOnly && !request.secure && headerOf(request, 'x-forwarded-proto') !== 'https') {
    return redirected(308, redirectTo({ status: 308, scheme: 'https' }, match, request, ports));
  }
  const cors = policy.cors ? corsHeaders(policy.cors, request) : {};
  if (policy.cors && isPreflight(request)) return { do: 'answer', status: 204, headers: { ...cors, 'content-length': '0' }, message: '' };
  if (action.do === 'redirect') return redirected(action.redirect.status, redirectTo(action.redirect, match, request, ports));
  if (action.do === 'refuse') return answer(action.status, action.message);
  if (policy.appRoot && request.path === '/') return redirected(302, redirectTo({ status: 302, rewrite: { type: 'full', path: policy.appRoot } }, match, { ...request, query: '' }, ports));
  const backend = chooseBackend(action.backends, request, random);
  if (!backend) return answer(500, `${route.owner} has no backend with a weight above 0`);
  if (backend.problem) return answer(backend.problem.status, `${route.owner}: ${backend.problem.message}`);
  if (backend.targets.length === 0) return answer(503, `${route.owner}: ${backend.name} has no endpoints`);
  return { do: 'forward', route, backend, path: rewritten(policy.rewrite, match, request), responseHeaders: cors };
}

function refusal({ policy, owner }: Route, request: RequestHead): Decision | undefined {
  const { allowedSources, basicAuth } = policy;
  if (allowedSources && !isAllowed(allowedSources, request.address)) return answer(403, `${owner} does not admit ${request.address}`);
  if (basicAuth && !isPreflight(request) && !isAdmitted(basicAuth, headerOf(request, 'authorization'))) {
    return { ...answer(basicAuth.users ? 401 : 503, basicAuth.users ? `${owner} asks for a name and a password` : `${owner}: the secret with names and passwords is missing`), headers: { 'www-authenticate': `Basic realm="${basicAuth.realm}"` } };
  }
  return undefined;
}

function isAllowed(blocks: readonly string[], client: string): boolean {
  const address = parseIP(client);
  return address !== undefined && blocks.some((text) => {
    const block = parseCIDR(text.includes('/') ? text : `${text}/${text.includes(':') ? 128 : 32}`);
    return block !== undefined && cidrContains(block, address);
  });
}

const answer = (status: number, message: string) => ({ do: 'answer' as const, status, headers: {}, message });

const redirected = (status: number, location: string): Decision => ({ do: 'answer', status, headers: { location }, message: '' });

/** The cookie that binds a client to the target, when it has no such one yet. */
export function affinityCookie({ policy }: Route, request: RequestHead, target: Backend['targets'][number]): string | undefined {
  const { affinity } = policy;
  if (!affinity || cookieOf(request, affinity.cookie) === stickyValue(target)) return undefined;
  return `${affinity.cookie}=${stickyValue(target)}${affinity.attributes}`;
}
