import type { SecureContext } from 'node:tls';
import { gatewayController } from '../../../kinds/gateway.networking.k8s.io/own-class';
import type { Gateway, GatewayClass, HTTPRoute, ParentReference } from '../../../kinds/gateway.networking.k8s.io/types';
import { HostTable } from '../http/hosts';
import { PathTable } from '../http/paths';
import { attach, gatewayOf, type NamespaceView } from './attach';
import { bad, type Finding } from './conditions';
import { isProgrammed, viewListeners, type ListenerContext, type ListenerView } from './listeners';
import { compileRoute, type RouteContext } from './rules';

export interface GatewayInput extends RouteContext, Omit<ListenerContext, 'grants'> {
  readonly classes: readonly GatewayClass[];
  readonly gateways: readonly Gateway[];
  readonly routes: readonly HTTPRoute[];
  readonly namespace: NamespaceView;
}

/** What one port serves: by the hostname of its listeners, then by that of their routes. */
export interface PortTable {
  readonly secure: boolean;
  readonly listeners: HostTable<HostTable<PathTable>>;
  readonly certificates: HostTable<SecureContext>;
}

export interface ParentFinding {
  readonly parent: ParentReference;
  readonly findings: readonly Finding[];
}

export interface GatewayTable {
  readonly ports: ReadonlyMap<number, PortTable>;
  /** Of gateways that are ours. */
  readonly listeners: ReadonlyMap<Gateway, readonly ListenerView[]>;
  readonly attached: ReadonlyMap<ListenerView, number>;
  readonly parents: ReadonlyMap<HTTPRoute, readonly ParentFinding[]>;
}

const compare = (a: string, b: string): number => (a < b ? -1 : Number(a > b));
const keyOf = ({ metadata }: Gateway | HTTPRoute): string => `${metadata.namespace}/${metadata.name}`;

/** The older of two counts, then the one whose name comes first. */
const inOrder = <T extends Gateway | HTTPRoute>(objects: readonly T[]): T[] =>
  [...objects].sort((a, b) => compare(a.metadata.creationTimestamp ?? '', b.metadata.creationTimestamp ?? '') || compare(keyOf(a), keyOf(b)));

/** The routing tables of all Gateways, and what is to be said of each object. Pure but for the certificates, which are remembered. */
export function compileGateways(input: GatewayInput): GatewayTable {
  const classes = new Set(input.classes.filter(({ spec }) => spec.controllerName === gatewayController).map(({ metadata }) => metadata.name));
  const gateways = inOrder(input.gateways.filter(({ spec }) => classes.has(spec.gatewayClassName)));
  const views = viewListeners(gateways, input);
  const listeners = new Map(gateways.map((gateway) => [gateway, views.filter((view) => view.gateway === gateway)]));
  const ports = portTables(views);
  const attached = new Map<ListenerView, number>();
  const parents = new Map(inOrder(input.routes).map((route) => [route, attachRoute(route, { input, listeners, ports, attached })]));
  return { ports, listeners, attached, parents };
}

function portTables(views: readonly ListenerView[]): Map<number, PortTable> {
  const ports = new Map<number, PortTable>();
  for (const view of views.filter(isProgrammed)) {
    const { listener: { port }, secure, hostname, contexts } = view;
    const table = ports.get(port) ?? { secure, listeners: new HostTable<HostTable<PathTable>>(true), certificates: new HostTable<SecureContext>(true) };
    ports.set(port, table);
    table.listeners.ensure(hostname, () => new HostTable<PathTable>(true));
    if (contexts[0]) table.certificates.ensure(hostname, () => contexts[0]!);
  }
  return ports;
}

interface Attaching {
  readonly input: GatewayInput;
  readonly listeners: ReadonlyMap<Gateway, readonly ListenerView[]>;
  readonly ports: ReadonlyMap<number, PortTable>;
  readonly attached: Map<ListenerView, number>;
}

/** Parents that are not ours are left out. */
function attachRoute(route: HTTPRoute, { input, listeners, ports, attached }: Attaching): ParentFinding[] {
  const byName = new Map([...listeners].map(([gateway, views]) => [keyOf(gateway), { gateway, views }]));
  const compiled = compileRoute(route, input);
  const seen = new Set<ListenerView>();
  return (route.spec.parentRefs ?? []).flatMap((parent) => {
    const found = byName.get(gatewayOf(parent, route) ?? '');
    if (!found) return [];
    const attachment = attach(route, parent, found.gateway, found.views, input.namespace);
    const accepted = compiled.unsupported && attachment.accepted.status === 'True' ? bad('Accepted', 'UnsupportedValue', compiled.unsupported) : attachment.accepted;
    for (const { view, hostnames } of attachment.listeners) {
      if (!seen.has(view)) attached.set(view, (attached.get(view) ?? 0) + 1);
      seen.add(view);
      const table = isProgrammed(view) ? ports.get(view.listener.port)?.listeners.getOwn(view.hostname) : undefined;
      for (const hostname of table ? hostnames : []) {
        const paths = table!.ensure(hostname, () => new PathTable());
        for (const one of compiled.routes) paths.add(one);
      }
    }
    return [{ parent, findings: [accepted, compiled.resolved] }];
  });
}

/** Undefined: no listener has the host, or no route of it takes the request. */
export function findGatewayRoute({ ports }: GatewayTable, port: number, request: Parameters<PathTable['find']>[0]) {
  return ports.get(port)?.listeners.find(request.host)?.find(request.host)?.find(request);
}
