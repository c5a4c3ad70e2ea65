import type { Service } from '../../../api/generated/core.v1';
import type { NoRoute } from '../http/front';
import type { RequestHead, Route } from '../http/route';
import type { IngressTable } from './compile';
import { serviceTargets, type ServiceView } from './services';

/** Most specific host, then path; then the default backend; then `<service>.<namespace>.localhost`. */
export function findRoute(table: IngressTable, view: ServiceView, head: RequestHead): Route | NoRoute {
  const paths = table.hosts.find(head.host);
  return paths?.find(head) ?? (paths ? undefined : localName(view, head.host)) ?? table.fallback ?? noRoute(table, head, paths !== undefined);
}

function noRoute({ hosts }: IngressTable, { host, path }: RequestHead, isKnown: boolean): NoRoute {
  const known = hosts.patterns().sort();
  const message = isKnown
    ? `no Ingress has a path for ${path} on host ${host}`
    : `no Ingress has a rule for host ${host}; ${known.length ? `there are rules for ${known.join(', ')}` : 'there is no Ingress yet'}`;
  return { status: 404, message };
}

/** What a client expects that names no port, first. */
const usualNames = ['http', 'web'];

function localName(view: ServiceView, host: string): Route | undefined {
  const [, name, namespace] = /^([a-z0-9-]+)\.([a-z0-9-]+)\.localhost$/.exec(host) ?? [];
  const service = name && namespace ? view.service(namespace, name) : undefined;
  const port = service && webPort(service);
  if (!service || !port) return undefined;
  const { targets, problem, appProtocol } = serviceTargets(view, namespace!, name!, { number: port });
  return {
    owner: `Service ${namespace}/${name}`, match: { path: { type: 'prefix', path: '/' } }, policy: {},
    action: { do: 'forward', backends: [{ name: `port ${port}`, weight: 1, protocol: appProtocol === 'https' || port === 443 ? 'https' : 'http', targets, ...(problem && { problem }) }] },
  };
}

/** Port 80, one that is called http, else the first. */
function webPort({ spec }: Service): number | undefined {
  const ports = (spec.ports ?? []).filter(({ protocol = 'TCP' }) => protocol === 'TCP');
  return (ports.find(({ port }) => port === 80) ?? ports.find(({ name = '' }) => usualNames.includes(name)) ?? ports[0])?.port;
}
