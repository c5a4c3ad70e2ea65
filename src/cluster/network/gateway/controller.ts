import type { SecureContext } from 'node:tls';
import { sleep, timestamp, type Clock } from '../../../api/clock';
import { semanticEqual } from '../../../api/equal';
import { isReason } from '../../../api/errors';
import type { KubeObject } from '../../../api/meta';
import type { Client, Resource } from '../../../client/client';
import type { Informer } from '../../../client/informer';
import { group } from '../../../kinds/gateway.networking.k8s.io/definitions/schema';
import { gatewayController as controllerName } from '../../../kinds/gateway.networking.k8s.io/own-class';
import type { Gateway, GatewayClass, HTTPRoute, ReferenceGrant } from '../../../kinds/gateway.networking.k8s.io/types';
import { debounce } from '../debounce';
import type { Backend, RequestHead, Route } from '../http/route';
import { Certificates } from '../ingress/secrets';
import { serviceView } from '../ingress/services';
import { onAnyChange, type ClusterState } from '../state';
import { compileGateways, findGatewayRoute, type GatewayTable } from './compile';
import { classStatus, gatewayStatus, routeStatus } from './statuses';

export interface GatewayOptions {
  readonly client: Client;
  readonly state: ClusterState;
  readonly clock: Clock;
  readonly log: (line: string) => void;
  /** Of this machine, for all Gateways. */
  readonly address: string;
  /** Why a port of it cannot be had. */
  readonly portProblem: (port: number, secure: boolean) => string | undefined;
  /** A new table is in force. Resolves to true when ports were found that cannot be had. */
  readonly changed: () => Promise<boolean>;
}

const resource = (plural: string, version = 'v1', namespaced = true): Resource => ({ group, version, plural, namespaced });
const resources = {
  classes: resource('gatewayclasses', 'v1', false), gateways: resource('gateways'), routes: resource('httproutes'), grants: resource('referencegrants', 'v1beta1'),
};

const delayMs = 10;
const askAgainMs = 50;

/** Resolves when the kinds of Gateway API are served: their definitions are made with the cluster, and take a moment. */
export async function gatewaysAreServed(client: Client, clock: Clock, isOver: () => boolean): Promise<void> {
  for (const each of Object.values(resources)) {
    while (!isOver() && await isMissing(client, each)) await sleep(clock, askAgainMs);
  }
}

const isMissing = (client: Client, where: Resource): Promise<boolean> => client.list(where, { limit: 1 }).then(() => false, (error: unknown) => {
  if (isReason(error, 'NotFound')) return true;
  throw error;
});

const none: GatewayTable = { ports: new Map(), listeners: new Map(), attached: new Map(), parents: new Map() };

/** Keeps the routing tables of Gateways, and says in the status of each object what became of it. */
export class GatewayController {
  private readonly certificates = new Certificates();
  private readonly classes: Informer<GatewayClass>;
  private readonly gateways: Informer<Gateway>;
  private readonly routes: Informer<HTTPRoute>;
  private readonly grants: Informer<ReferenceGrant>;
  private readonly ends: (() => void)[];
  private readonly loop;
  private table = none;

  constructor(private readonly options: GatewayOptions) {
    const { state, clock, log } = options;
    this.classes = state.watch(resources.classes);
    this.gateways = state.watch(resources.gateways);
    this.routes = state.watch(resources.routes);
    this.grants = state.watch(resources.grants);
    this.loop = debounce(() => this.sync(), {
      clock, delayMs, retryMs: 1000, retryMsMost: 10_000,
      onError: (error) => log(`gateway: ${error instanceof Error ? error.message : String(error)}`),
    });
    const informers: readonly Informer<never>[] = [this.classes, this.gateways, this.routes, this.grants, state.secrets, state.services, state.endpointSlices, state.namespaces] as never;
    this.ends = informers.map((informer) => onAnyChange(informer, () => this.again()));
  }

  /** Looks at everything anew. Nothing is to be done where nobody uses Gateways. */
  again(): void {
    if (this.gateways.list().length || this.classes.list().length || this.table.ports.size) this.loop.trigger();
  }

  find(port: number, head: RequestHead): Route | undefined {
    return findGatewayRoute(this.table, port, head);
  }

  certificate(port: number, serverName: string): SecureContext | undefined {
    return this.table.ports.get(port)?.certificates.find(serverName.toLowerCase());
  }

  /** Those that listeners ask for. */
  ports(): { port: number; secure: boolean }[] {
    return [...this.table.ports].map(([port, { secure }]) => ({ port, secure }));
  }

  /** Of all routes. */
  backends(): Backend[] {
    const tables = [...this.table.ports.values()].flatMap(({ listeners }) => listeners.values().flatMap((hosts) => hosts.values()));
    return tables.flatMap((paths) => paths.routes()).flatMap(({ action, policy }) =>
      [...(action.do === 'forward' ? action.backends : []), ...(policy.mirrors ?? []).map(({ backend }) => backend)]);
  }

  async stop(): Promise<void> {
    for (const end of this.ends) end();
    await this.loop.stop();
  }

  private compile(): GatewayTable {
    const { state, portProblem } = this.options;
    return compileGateways({
      classes: this.classes.list(), gateways: this.gateways.list(), routes: this.routes.list(), grants: this.grants.list(),
      view: serviceView(state), secrets: (namespace, name) => state.secrets.get(name, namespace), namespace: (name) => state.namespaces.get(name),
      certificates: this.certificates, portProblem,
    });
  }

  private async sync(): Promise<void> {
    this.table = this.compile();
    if (await this.options.changed()) this.table = this.compile();
    await this.writeStatuses(timestamp(this.options.clock.now()));
  }

  private async writeStatuses(now: string): Promise<void> {
    const { table, options: { address } } = this;
    for (const one of this.classes.list()) {
      if (one.spec.controllerName === controllerName) await this.write(resources.classes, one, classStatus(one, now));
    }
    for (const gateway of table.listeners.keys()) await this.write(resources.gateways, gateway, gatewayStatus(gateway, { table, address, now }));
    for (const [route, found] of table.parents) {
      const known = route.status?.parents.some((one) => one.controllerName === controllerName) ?? false;
      if (found.length || known) await this.write(resources.routes, route, routeStatus(route, found, now));
    }
  }

  private async write(where: Resource, object: KubeObject & { status?: unknown }, status: object): Promise<void> {
    if (semanticEqual(object.status, status)) return;
    const { name = '', namespace } = object.metadata;
    await this.options.client.patch(where, name, namespace, 'merge', { status }, { subresource: 'status' }).catch((error: unknown) => {
      if (!isReason(error, 'NotFound')) throw error;
    });
  }
}
