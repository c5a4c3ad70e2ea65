import type { SecureContext } from 'node:tls';
import type { Clock } from '../../../api/clock';
import { isReason } from '../../../api/errors';
import type { Ingress, IngressLoadBalancerIngress } from '../../../api/generated/networking.v1';
import type { Client } from '../../../client/client';
import type { Recorder } from '../../../client/record';
import { debounce } from '../debounce';
import type { NoRoute } from '../http/front';
import type { PublicPorts } from '../http/rewrite';
import type { Backend, RequestHead, Route } from '../http/route';
import { onAnyChange, resources, type ClusterState } from '../state';
import { isOurs } from './classes';
import { compileIngresses, type IngressTable } from './compile';
import { Complaints } from './complaints';
import { findRoute } from './find';
import { Certificates } from './secrets';
import { serviceView, type ServiceView } from './services';

export interface IngressOptions {
  readonly client: Client;
  readonly state: ClusterState;
  readonly clock: Clock;
  readonly recorder: Recorder;
  readonly log: (line: string) => void;
  /** Where clients find the ingress: an address of this machine and its ports. */
  readonly address: string;
  readonly ports: Omit<PublicPorts, 'own'>;
  /** A new table is in force; `backends`: all that it leads to. */
  readonly changed: () => void;
}

const delayMs = 10;

/** Keeps the routing table of Ingresses, their status, and tells on them what is wrong. */
export class IngressController {
  private readonly certificates = new Certificates();
  private readonly complaints: Complaints;
  private readonly ends: (() => void)[];
  private readonly loop;
  private view: ServiceView;
  private table: IngressTable;

  constructor(private readonly options: IngressOptions) {
    const { state, clock, log } = options;
    this.loop = debounce(() => this.sync(), {
      clock, delayMs, retryMs: 1000, retryMsMost: 10_000,
      onError: (error) => log(`ingress: ${error instanceof Error ? error.message : String(error)}`),
    });
    this.complaints = new Complaints(options.recorder, clock, () => this.loop.trigger());
    this.view = serviceView(state);
    this.table = this.compile();
    const trigger = () => this.loop.trigger();
    this.ends = [state.ingresses, state.ingressClasses, state.secrets, state.services, state.endpointSlices].map((informer) => onAnyChange(informer as never, trigger));
    trigger();
  }

  find(head: RequestHead): Route | NoRoute {
    return findRoute(this.table, this.view, head);
  }

  certificate(serverName: string): SecureContext | undefined {
    return this.table.certificates.find(serverName.toLowerCase());
  }

  /** Of all routes. */
  backends(): Backend[] {
    const routes = [...this.table.hosts.values().flatMap((paths) => paths.routes()), ...(this.table.fallback ? [this.table.fallback] : [])];
    return routes.flatMap(({ action }) => (action.do === 'forward' ? action.backends : []));
  }

  async stop(): Promise<void> {
    for (const end of this.ends) end();
    await this.loop.stop();
    this.complaints.stop();
  }

  private get ours(): Ingress[] {
    const { ingresses, ingressClasses } = this.options.state;
    return ingresses.list().filter((ingress) => isOurs(ingress, (name) => ingressClasses.get(name)));
  }

  private compile(): IngressTable {
    const { secrets } = this.options.state;
    return compileIngresses({ ingresses: this.ours, view: this.view, secrets: (namespace, name) => secrets.get(name, namespace), certificates: this.certificates });
  }

  private async sync(): Promise<void> {
    this.view = serviceView(this.options.state);
    this.table = this.compile();
    this.options.changed();
    this.complaints.update([...this.table.problems].flatMap(([{ metadata }, problems]) => problems.map((problem) => ({ ...problem, about: { apiVersion: 'networking.k8s.io/v1', kind: 'Ingress', metadata }, reason: 'BackendUnavailable' }))));
    const ours = new Set(this.ours);
    for (const ingress of this.options.state.ingresses.list()) await this.writeStatus(ingress, ours.has(ingress));
  }

  /** Says where the Ingress is served. What another controller has written is its own. */
  private async writeStatus(ingress: Ingress, isServed: boolean): Promise<void> {
    const known = ingress.status?.loadBalancer?.ingress;
    const wanted = isServed ? this.wanted() : undefined;
    if (JSON.stringify(known ?? null) === JSON.stringify(wanted ?? null)) return;
    if (!wanted && known?.every(({ ip, ports }) => ip !== this.options.address || !ports?.length)) return;
    const { name, namespace } = ingress.metadata;
    await this.options.client.patch(resources.ingresses, name, namespace, 'merge', { status: { loadBalancer: { ingress: wanted ?? null } } }, { subresource: 'status' })
      .catch((error: unknown) => {
        if (!isReason(error, 'NotFound')) throw error;
      });
  }

  private wanted(): IngressLoadBalancerIngress[] {
    const { address, ports: { http, https } } = this.options;
    return [{ ip: address, ports: [http, https].map((port) => ({ port, protocol: 'TCP' })) }];
  }
}
