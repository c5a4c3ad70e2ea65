import type { SecureContext } from 'node:tls';
import type { HTTPIngressPath, Ingress, IngressBackend, IngressRule } from '../../../api/generated/networking.v1';
import { HostTable } from '../http/hosts';
import { PathTable } from '../http/paths';
import type { Action, Backend, PathMatch, Policy, Route } from '../http/route';
import { readPattern, readSettings, type Settings } from './annotations';
import type { Certificates, SecretView } from './secrets';
import { serviceTargets, type ServiceView } from './services';

export interface IngressInput {
  /** Those that this controller serves. */
  readonly ingresses: readonly Ingress[];
  readonly view: ServiceView;
  readonly secrets: SecretView;
  readonly certificates: Certificates;
}

export interface IngressProblem {
  readonly message: string;
  readonly passing: boolean;
}

export interface IngressTable {
  readonly hosts: HostTable<PathTable>;
  /** For what no host or path has caught. */
  readonly fallback: Route | undefined;
  readonly certificates: HostTable<SecureContext>;
  /** What is wrong with each, as sentences. */
  readonly problems: ReadonlyMap<Ingress, readonly IngressProblem[]>;
}

const nameOf = ({ metadata }: Ingress): string => `Ingress ${metadata.namespace}/${metadata.name}`;

const compare = (a: string, b: string): number => (a < b ? -1 : Number(a > b));

/** The older rule of two that say the same counts; canaries come last, for there has to be something for them to join. */
const inOrder = (ingresses: readonly Ingress[]): Ingress[] => [...ingresses].sort((a, b) =>
  compare(a.metadata.creationTimestamp ?? '', b.metadata.creationTimestamp ?? '') || compare(nameOf(a), nameOf(b)));

/** The routing table of all Ingresses. Pure but for the certificates, which are remembered. */
export function compileIngresses({ ingresses, view, secrets, certificates }: IngressInput): IngressTable {
  const compiling = inOrder(ingresses).map((ingress) => new Compiling(ingress, readSettings(ingress.metadata.annotations, ingress.metadata.namespace ?? '', secrets), view));
  const table = new HostTable<PathTable>(false);
  const contexts = new HostTable<SecureContext>(false);
  for (const one of compiling) one.addCertificates(contexts, secrets, certificates);
  // One Ingress with patterns makes all paths of its hosts patterns, as ingress-nginx does.
  const regexHosts = new Set(compiling.filter(({ settings }) => settings.useRegex).flatMap(({ hosts }) => hosts));
  const main = compiling.filter(({ settings }) => !settings.canary);
  for (const one of main) one.addRules(table, regexHosts);
  for (const one of compiling) if (one.settings.canary) one.joinRules(table);
  for (const one of main) one.addDefault(table);
  const fallbacks = main.flatMap((one) => one.fallback() ?? []);
  return { hosts: table, fallback: fallbacks.find(({ alone }) => alone)?.route ?? fallbacks[0]?.route, certificates: contexts, problems: new Map(compiling.map(({ ingress, problems, passing }) => [ingress, [...problems].map((message) => ({ message, passing: passing.has(message) }))])) };
}

class Compiling {
  readonly problems: Set<string>;
  /** Those of them that pass. */
  readonly passing = new Set<string>();
  readonly rules: readonly IngressRule[];
  private readonly tlsHosts: Set<string>;

  constructor(readonly ingress: Ingress, readonly settings: Settings, private readonly view: ServiceView) {
    this.problems = new Set(settings.problems);
    this.rules = ingress.spec?.rules ?? [];
    this.tlsHosts = new Set((ingress.spec?.tls ?? []).flatMap(({ hosts }) => hosts?.length ? hosts : this.hosts));
  }

  get hosts(): string[] {
    return [...new Set(this.rules.map(({ host }) => host || '*'))];
  }

  addCertificates(contexts: HostTable<SecureContext>, secrets: SecretView, certificates: Certificates): void {
    for (const { hosts, secretName } of this.ingress.spec?.tls ?? []) {
      if (!secretName) continue;
      const found = certificates.of(secrets, this.ingress.metadata.namespace ?? '', secretName);
      if ('problem' in found) this.problems.add(found.problem);
      else for (const host of hosts?.length ? hosts : this.hosts) contexts.ensure(host, () => found.context);
    }
  }

  addRules(table: HostTable<PathTable>, regexHosts: ReadonlySet<string>): void {
    for (const { host = '', http } of this.rules) {
      const paths = table.ensure(host || '*', () => new PathTable());
      for (const path of http?.paths ?? []) this.addPath(paths, path, host || '*', regexHosts);
    }
  }

  private addPath(paths: PathTable, { path = '', pathType, backend }: HTTPIngressPath, host: string, regexHosts: ReadonlySet<string>): void {
    const match = pathMatch(path || '/', pathType, regexHosts.has(host));
    if (!match) {
      this.problems.add(`path "${path}" is not a regular expression`);
      return;
    }
    if (!paths.has(match)) paths.add(this.route(match, host, backend));
  }

  /** A canary takes its share of the requests that another Ingress has on the same host and path. */
  joinRules(table: HostTable<PathTable>): void {
    for (const { host = '', http } of this.rules) {
      for (const { path = '', pathType, backend } of http?.paths ?? []) {
        const routes = table.getOwn(host || '*')?.routes().filter(({ match }) => sameText(match.path, path || '/', pathType)) ?? [];
        if (routes.length === 0) this.problems.add(`is a canary, but no other Ingress serves ${host || '*'}${path || '/'}`);
        for (const route of routes) this.join(route, backend);
      }
    }
  }

  private join(route: Route, backend: IngressBackend): void {
    const { weight, total, ...claim } = this.settings.canary!;
    if (route.action.do !== 'forward' || route.action.backends.some((one) => one.claim)) return;
    const main = route.action.backends.map((one) => ({ ...one, weight: Math.max(total - weight, 0) }));
    (route as { action: Action }).action = { do: 'forward', backends: [...main, { ...this.backend(backend), weight: Math.min(weight, total), claim }] };
  }

  /** What catches the rest of this Ingress' hosts. */
  addDefault(table: HostTable<PathTable>): void {
    const { defaultBackend } = this.ingress.spec ?? {};
    if (!defaultBackend) return;
    for (const host of this.hosts) {
      const paths = table.ensure(host, () => new PathTable());
      const match: PathMatch = { type: 'prefix', path: '/' };
      if (!paths.has(match)) paths.add(this.route(match, host, defaultBackend));
    }
  }

  /** `alone`: the Ingress has nothing but its default backend. */
  fallback(): { route: Route; alone: boolean } | undefined {
    const { defaultBackend } = this.ingress.spec ?? {};
    return defaultBackend && { route: this.route({ type: 'prefix', path: '/' }, '*', defaultBackend), alone: this.rules.length === 0 };
  }

  private route(path: PathMatch, host: string, backend: IngressBackend): Route {
    const { policy, redirect, rewriteTarget, sslRedirect } = this.settings;
    const httpsOnly = sslRedirect ?? this.tlsHosts.has(host);
    const own: Policy = { ...policy, ...(httpsOnly && { httpsOnly }), ...(rewriteTarget !== undefined && { rewrite: { type: 'template', path: rewriteTarget } }) };
    return {
      owner: nameOf(this.ingress), match: { path }, policy: own,
      action: redirect ? { do: 'redirect', redirect } : { do: 'forward', backends: [this.backend(backend)] },
    };
  }

  private backend({ service, resource }: IngressBackend): Backend {
    const namespace = this.ingress.metadata.namespace ?? '';
    const { protocol } = this.settings;
    if (!service) {
      const message = `a ${resource?.kind ?? 'resource'} cannot be a backend here`;
      this.problems.add(message);
      return { name: resource?.name ?? '', weight: 1, protocol, targets: [], problem: { status: 503, message } };
    }
    const { targets, problem } = serviceTargets(this.view, namespace, service.name, service.port ?? {});
    if (problem) this.problems.add(problem.message);
    if (problem?.passing) this.passing.add(problem.message);
    return { name: `Service ${namespace}/${service.name}:${service.port?.number ?? service.port?.name ?? ''}`, weight: 1, protocol, targets, ...(problem && { problem }) };
  }
}

/** Undefined for a pattern that is none. Without patterns ImplementationSpecific means Prefix. */
function pathMatch(path: string, pathType: string, isRegex: boolean): PathMatch | undefined {
  if (pathType === 'Exact') return { type: 'exact', path };
  if (!isRegex) return { type: 'prefix', path };
  const regex = readPattern(`^${path}`, 'i');
  return regex && { type: 'regex', regex, length: path.length };
}

function sameText(match: PathMatch, path: string, pathType: string): boolean {
  if (pathType === 'Exact' || match.type === 'exact') return match.type === 'exact' && pathType === 'Exact' && match.path === path;
  return match.type === 'regex' ? match.regex.source === readPattern(`^${path}`, 'i')?.source : match.path === path;
}
