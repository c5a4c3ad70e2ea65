import type { Clock, Random } from '../../api/clock';
import { Metrics } from '../../api/metrics';
import type { Kind } from '../../kinds/kind';
import type { Store } from '../store';
import { accessControl, audiences, type AccessControl } from './access-control';
import { admissionChain } from './admission';
import { startAggregation, type RemoteContents } from './aggregation';
import { policyParamAccess } from './admission/policies/param-access';
import { validatingPolicies } from './admission/policies/plugin';
import { resourceQuota } from './admission/resource-quota';
import { mutatingWebhooks } from './admission/webhooks/mutating';
import { validatingWebhooks } from './admission/webhooks/validating';
import { noEscalation } from './authz/rbac/escalation';
import { certificateRequests } from './authz/signers';
import { serveCustomResources } from './custom-resources/serve';
import { kindHooks } from './hooks';
import type { Component } from './hooks/component-status';
import { expireEvents } from './hooks/event-expiry';
import { Auditor, type AuditOptions } from './audit/auditor';
import { FlowControl, type FlowLimits } from './http/flow-control';
import { requestHandler } from './http/handler';
import { verbHandlers } from './http/verbs';
import { listen, type Listener } from './http/listener';
import { pathHandler } from './http/paths';
import { RequestMetrics } from './http/request-metrics';
import { Serving } from './http/serving';
import { healthChecks, storeComponent } from './health-checks';
import { serverMetrics } from './server-metrics';
import type { NodeAgent } from './node-agent';
import { UsageCollector } from './metrics/collector';
import type { Identity } from './outbound/agents';
import { OutboundClient } from './outbound/client';
import { serviceDialer } from './outbound/service-dialer';
import { KindTable, type Registry } from './registry';
import { reviewKinds } from './reviews/kinds';
import { log as podLog } from './stream/log';
import { logOverWebSocket, watchOverWebSocket } from './stream/over-websocket';
import { portForward } from './stream/port-forward/port-forward';
import { proxy, proxyUpgrade } from './stream/proxy';
import { attach, exec } from './stream/remote-command/remote-command';
import { upgradeRequired, upgrades } from './stream/upgrade';

export interface ApiServerOptions {
  readonly store: Store;
  readonly kinds: readonly Kind[];
  readonly clock: Clock;
  readonly random: Random;
  /** PEM. Clients whose certificate `clientCa` signed are who it says they are. */
  readonly tls: { readonly cert: string; readonly key: string; readonly clientCa: string };
  /** PEM of the private key (P-256) that signs ServiceAccount tokens; without it there are none. */
  readonly serviceAccountKey?: string;
  /** CSV of `token,user,uid,"group,group"`: tokens that are good for ever. */
  readonly staticTokens?: string;
  /** `10.96.0.0/16` */
  readonly serviceCIDR: string;
  /** Inclusive. */
  readonly nodePortRange: NodePortRange;
  /** The agent of a node; of any node when there is no name. */
  readonly nodeAgent: (nodeName: string | undefined) => NodeAgent | undefined;
  /** The JSON file of field descriptions that openapi documents carry. */
  readonly descriptionsFile?: string;
  /** PEM. Who the server says it is to those that serve APIs for it. */
  readonly frontProxy?: Identity;
  /** Where the server counts what it does; shared with the rest of the process. */
  readonly metrics?: Metrics;
  readonly flowLimits?: FlowLimits;
  /** What ComponentStatuses tell of, beside the store. */
  readonly components?: readonly Component[];
  /** Which requests are written down, and where. */
  readonly audit?: AuditOptions;
  log(line: string): void;
}

export interface NodePortRange {
  readonly from: number;
  readonly to: number;
}

export interface ApiServer {
  readonly registry: Registry;
  /** What other servers hold of namespaces. */
  readonly foreign: RemoteContents;
  /** May be called for several addresses; port 0 takes a free one. Resolves to the port. */
  listen(host: string, port: number): Promise<number>;
  /** Ends streams, waits for answers under way, then cuts all connections. The store is the caller's. */
  close(): Promise<void>;
}

/** How long answers under way may take when the server closes. */
const graceMs = 5000;

type RegistryOptions = Pick<ApiServerOptions, 'store' | 'kinds' | 'clock' | 'random' | 'serviceCIDR' | 'nodePortRange' | 'serviceAccountKey'> & Partial<Pick<ApiServerOptions, 'log' | 'nodeAgent'>>;

/** The registry without HTTP, for the in-process client and for simulations. */
export const createRegistry = (options: RegistryOptions): Registry => registryWith(options, accessControl(options), outboundClient(options));

/** What the server asks others with. */
function outboundClient({ store, clock, random, nodeAgent = () => undefined }: RegistryOptions): OutboundClient {
  return new OutboundClient({ clock, dial: serviceDialer({ store, random, nodeAgent }) });
}

function registryWith(options: RegistryOptions, { signer, tokens, authorizer, rbac }: AccessControl, client: OutboundClient, collector?: UsageCollector, components?: readonly Component[]): Registry {
  const { store, kinds, clock, random } = options;
  const registry: Registry = {
    store, clock, random, kinds: new KindTable([...kinds, ...reviewKinds]),
    admission: [
      ...admissionChain, mutatingWebhooks(store, client, authorizer), noEscalation(authorizer, rbac), certificateRequests(authorizer), policyParamAccess(authorizer),
      validatingPolicies(store, authorizer), validatingWebhooks(store, client, authorizer), resourceQuota(),
    ],
    hooks: kindHooks(options, random, { authorizer, tokens, audiences, clock }, collector, components),
    ...(signer && { tokens: signer }),
  };
  for (const hooks of registry.hooks.values()) hooks.restore?.(registry);
  serveCustomResources(registry, client, options.log ?? (() => undefined));
  return registry;
}

export function createApiServer(options: ApiServerOptions): ApiServer {
  const control = accessControl(options);
  const collector = new UsageCollector(options);
  const client = outboundClient(options);
  const registry = registryWith(options, control, client, collector, [...(options.components ?? []), storeComponent(options.store)]);
  const { log, tls, clock, descriptionsFile, nodeAgent, metrics = new Metrics() } = options;
  const aggregation = startAggregation({ registry, client, identity: options.frontProxy, builtIn: [...options.kinds, ...reviewKinds], log });
  const aggregated = aggregation.proxy;
  const serving = new Serving();
  const flow = new FlowControl(clock, options.flowLimits);
  const requests = new RequestMetrics(metrics, registry.kinds, () => clock.now());
  serverMetrics(metrics, registry, flow);
  const access = { registry, log, authenticators: control.authenticators, authorizer: control.authorizer, ...(options.audit && { auditor: new Auditor(options.audit, clock) }) };
  const handle = requestHandler({
    ...access, clock, flow, serving, aggregated,
    metrics: requests,
    streams: { log: podLog(nodeAgent), exec: upgradeRequired, attach: upgradeRequired, portforward: upgradeRequired, proxy: proxy(nodeAgent) },
    paths: pathHandler({ registry, remote: aggregation, descriptionsFile, metrics, checks: healthChecks(options.store, serving) }),
  });
  const upgrade = upgrades({
    ...access, serving, aggregated, metrics: requests, handlers: {
      exec: exec(nodeAgent, log), attach: attach(nodeAgent, log), portforward: portForward(nodeAgent), proxy: proxyUpgrade(nodeAgent),
      log: logOverWebSocket(podLog(nodeAgent)), watch: watchOverWebSocket(verbHandlers.watch),
    },
  });
  const stopExpiry = expireEvents(registry, log);
  const listeners: Listener[] = [];
  return {
    registry, foreign: aggregation.contents,
    async listen(host, port) {
      const listener = await listen({ tls, handle, upgrade }, host, port);
      listeners.push(listener);
      return listener.port;
    },
    async close() {
      stopExpiry();
      aggregation.stop();
      const closing = listeners.splice(0);
      for (const listener of closing) listener.refuse();
      await serving.close(clock, graceMs);
      collector.close();
      client.close();
      await Promise.all(closing.map((listener) => listener.close()));
    },
  };
}
