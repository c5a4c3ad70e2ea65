import type { Clock, Random } from '../../api/clock';
import type { Kind } from '../../kinds/kind';
import type { Store } from '../store';
import { admissionChain } from './admission';
import { clientCertificates } from './authn/client-certificate';
import { builtInAuthorizer } from './authz/built-in';
import { kindHooks } from './hooks';
import { requestHandler } from './http/handler';
import { listen, type Listener } from './http/listener';
import { pathHandler } from './http/paths';
import type { NodeAgent } from './node-agent';
import { KindTable, type Registry } from './registry';

export interface ApiServerOptions {
  readonly store: Store;
  readonly kinds: readonly Kind[];
  readonly clock: Clock;
  readonly random: Random;
  /** PEM. Clients whose certificate `clientCa` signed are who it says they are. */
  readonly tls: { readonly cert: string; readonly key: string; readonly clientCa: string };
  /** PEM of the private key (P-256) that signs ServiceAccount tokens; without it there are none. */
  readonly serviceAccountKey?: string;
  /** `10.96.0.0/16` */
  readonly serviceCIDR: string;
  /** Inclusive. */
  readonly nodePortRange: NodePortRange;
  readonly nodeAgent: (nodeName: string) => NodeAgent | undefined;
  /** The JSON file of field descriptions that openapi documents carry. */
  readonly descriptionsFile?: string;
  log(line: string): void;
}

export interface NodePortRange {
  readonly from: number;
  readonly to: number;
}

export interface ApiServer {
  readonly registry: Registry;
  /** May be called for several addresses; port 0 takes a free one. Resolves to the port. */
  listen(host: string, port: number): Promise<number>;
  /** Cuts all connections. The store is the caller's. */
  close(): Promise<void>;
}

/** The registry without HTTP, for the in-process client and for simulations. */
export function createRegistry(options: Pick<ApiServerOptions, 'store' | 'kinds' | 'clock' | 'random' | 'serviceCIDR' | 'nodePortRange'>): Registry {
  const { store, kinds, clock, random } = options;
  const registry: Registry = { store, kinds: new KindTable(kinds), clock, random, admission: admissionChain, hooks: kindHooks(options, random) };
  for (const hooks of registry.hooks.values()) hooks.restore?.(registry);
  return registry;
}

export function createApiServer(options: ApiServerOptions): ApiServer {
  const registry = createRegistry(options);
  const { log, tls, descriptionsFile } = options;
  const handle = requestHandler({
    registry, log,
    authenticators: [clientCertificates()],
    authorizers: [builtInAuthorizer],
    streams: {},
    paths: pathHandler({ registry, descriptionsFile, checks: [] }),
  });
  const listeners: Listener[] = [];
  return {
    registry,
    async listen(host, port) {
      const listener = await listen({ tls, handle, upgrade: (_request, socket) => socket.destroy() }, host, port);
      listeners.push(listener);
      return listener.port;
    },
    async close() {
      await Promise.all(listeners.splice(0).map((listener) => listener.close()));
    },
  };
}
