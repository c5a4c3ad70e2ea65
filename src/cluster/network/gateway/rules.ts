import { parseGoDuration } from '../../../api/duration';
import { group } from '../../../kinds/gateway.networking.k8s.io/definitions/schema';
import type { BackendReference, HTTPRoute, ReferenceGrant, RouteMatch, RouteRule } from '../../../kinds/gateway.networking.k8s.io/types';
import type { Action, Backend, Match, PathMatch, Policy, Route, ValueMatch } from '../http/route';
import { readPattern } from '../ingress/annotations';
import { serviceTargets, type ServiceView } from '../ingress/services';
import { bad, good, type Finding } from './conditions';
import { readFilters } from './filters';
import { isGranted } from './references';

export interface RouteContext {
  readonly view: ServiceView;
  readonly grants: readonly ReferenceGrant[];
}

export interface CompiledRoute {
  readonly routes: readonly Route[];
  readonly resolved: Finding;
  /** What of it cannot be carried out at all. */
  readonly unsupported?: string;
}

/** Patterns of the old and the new kind: RE2 has no more than JavaScript's that people use in paths and headers. */
const valueMatch = ({ name, type, value }: { name: string; type?: string; value: string }, lower: boolean): ValueMatch =>
  ({ name: lower ? name.toLowerCase() : name, value: type === 'RegularExpression' ? readPattern(`^(?:${value})$`) ?? /(?!)/ : value });

function pathMatch({ type = 'PathPrefix', value = '/' }: NonNullable<RouteMatch['path']> = {}): PathMatch {
  if (type === 'Exact') return { type: 'exact', path: value };
  return type === 'PathPrefix' ? { type: 'prefix', path: value } : { type: 'regex', regex: readPattern(`^(?:${value})$`) ?? /(?!)/, length: value.length };
}

/** Of several entries for one header the first counts (HTTPRouteMatch.headers). */
function matchOf({ path, method, headers, queryParams }: RouteMatch): Match {
  const byName = <T extends { name: string }>(entries: readonly T[], key: (name: string) => string) => [...new Map([...entries].reverse().map((one) => [key(one.name), one])).values()].reverse();
  return {
    path: pathMatch(path), ...(method && { method }),
    ...(headers?.length && { headers: byName(headers, (name) => name.toLowerCase()).map((one) => valueMatch(one, true)) }),
    ...(queryParams?.length && { query: byName(queryParams, (name) => name).map((one) => valueMatch(one, false)) }),
  };
}

/** The routes of an HTTPRoute, and whether all that it refers to is there. */
export function compileRoute(route: HTTPRoute, context: RouteContext): CompiledRoute {
  const compiling = new Compiling(route, context);
  const routes = (route.spec.rules ?? []).flatMap((rule) => compiling.rule(rule));
  return { routes, resolved: compiling.problem ?? good('ResolvedRefs'), ...(compiling.unsupported && { unsupported: compiling.unsupported }) };
}

class Compiling {
  problem: Finding | undefined;
  unsupported: string | undefined;
  private readonly owner: string;
  private readonly namespace: string;

  constructor({ metadata }: HTTPRoute, private readonly context: RouteContext) {
    this.namespace = metadata.namespace ?? '';
    this.owner = `HTTPRoute ${this.namespace}/${metadata.name}`;
  }

  rule(rule: RouteRule): Route[] {
    const { redirect, rewrite, edits, upstreamHost, unknown } = readFilters(rule.filters);
    if (unknown.length) this.unsupported ??= `filters of type ${unknown.join(', ')} are not carried out`;
    const action: Action = unknown.length ? { do: 'refuse', status: 500, message: this.unsupported! } : redirect ? { do: 'redirect', redirect } : this.forward(rule);
    const policy: Policy = {
      ...timeouts(rule), ...(rewrite && { rewrite }), ...(edits && { edits }), ...(upstreamHost && { upstreamHost }), ...this.mirrors(rule),
    };
    return (rule.matches?.length ? rule.matches : [{}]).map((match) => ({ owner: this.owner, match: matchOf(match), action, policy }));
  }

  private forward({ backendRefs = [] }: RouteRule): Action {
    if (backendRefs.length === 0) return { do: 'refuse', status: 500, message: `${this.owner} has a rule without backends` };
    return { do: 'forward', backends: backendRefs.map((reference) => this.backend(reference, reference.weight ?? 1, reference.filters)) };
  }

  private mirrors({ filters = [] }: RouteRule): Pick<Policy, 'mirrors'> {
    const mirrors = filters.flatMap(({ type, requestMirror }) => (type === 'RequestMirror' && requestMirror ? [requestMirror] : []));
    if (mirrors.length === 0) return {};
    return {
      mirrors: mirrors.map(({ backendRef, percent, fraction }) => ({
        backend: this.backend(backendRef, 1),
        share: percent !== undefined ? percent / 100 : fraction ? fraction.numerator / (fraction.denominator ?? 100) : 1,
      })),
    };
  }

  private backend(reference: BackendReference, weight: number, filters?: RouteRule['filters']): Backend {
    const { group: of = '', kind = 'Service', namespace = this.namespace, name, port } = reference;
    const told = `${kind} ${namespace}/${name}${port ? `:${port}` : ''}`;
    const failed = (reason: string, message: string): Backend => {
      this.problem ??= bad('ResolvedRefs', reason, message);
      return { name: told, weight, protocol: 'http', targets: [], problem: { status: 500, message } };
    };
    if (of !== '' || kind !== 'Service') return failed('InvalidKind', `a ${kind}${of && ` of ${of}`} cannot be a backend here`);
    if (!isGranted(this.context.grants, { group, kind: 'HTTPRoute', namespace: this.namespace }, { group: '', kind, namespace, name })) {
      return failed('RefNotPermitted', `no ReferenceGrant lets HTTPRoutes of namespace ${this.namespace} use ${told}`);
    }
    const { targets, problem, appProtocol } = serviceTargets(this.context.view, namespace, name, { ...(port && { number: port }) });
    if (problem && !problem.passing) return failed('BackendNotFound', problem.message);
    const { edits, unknown } = readFilters(filters);
    if (unknown.length) this.unsupported ??= `filters of type ${unknown.join(', ')} are not carried out`;
    return { name: told, weight, protocol: appProtocol === 'https' ? 'https' : 'http', targets, ...(problem && { problem }), ...(edits && { edits }) };
  }
}

/** Zero: no limit. */
function timeouts({ timeouts: { request, backendRequest } = {} }: RouteRule): Policy {
  const [whole, one] = [request, backendRequest].map((text) => (text ? Math.ceil(parseGoDuration(text)) : 0)) as [number, number];
  return { ...(whole > 0 && { requestTimeoutMs: whole }), ...(one > 0 && { readTimeoutMs: one }) };
}
