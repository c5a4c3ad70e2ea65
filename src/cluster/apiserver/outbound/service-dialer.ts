import { connect } from 'node:net';
import type { Duplex } from 'node:stream';
import type { Random } from '../../../api/clock';
import { ApiError, notFound } from '../../../api/errors';
import type { Service } from '../../../api/generated/core.v1';
import type { Store } from '../../store';
import type { NodeAgent } from '../node-agent';
import { backendsOf, type Backend } from './endpoints';
import { dialError } from './go-errors';

export interface ServiceTarget {
  readonly namespace: string;
  readonly name: string;
  readonly port: number;
}

/**
 * A connection to one of the endpoints of a Service, as the server itself makes it: for webhooks, conversion and
 * aggregated APIs. Rejects in the words of Go's net package, or with an ApiError where there is no way to go.
 */
export type ServiceDialer = (target: ServiceTarget) => Promise<Duplex>;

export interface DialerOptions {
  readonly store: Store;
  readonly random: Random;
  /** The node's agent; of any node when there is no name. */
  nodeAgent(nodeName: string | undefined): NodeAgent | undefined;
}

/** Source: ResolveCluster in k8s.io/apiserver/pkg/util/proxy. */
export function serviceDialer({ store, random, nodeAgent }: DialerOptions): ServiceDialer {
  return async (target) => {
    const service = store.get(`/services/${target.namespace}/${target.name}`)?.object as Service | undefined;
    if (!service) throw notFound({ group: '', plural: 'service' }, target.name);
    const { type, externalName, clusterIP } = service.spec;
    if (type === 'ExternalName') return dialHost(externalName ?? '', target.port);
    if (clusterIP === 'None') throw new Error('cannot route to service with ClusterIP "None"');
    const port = service.spec.ports?.find((candidate) => candidate.port === target.port);
    if (!port) throw new ApiError('ServiceUnavailable', `no service port ${target.port} found for service "${target.name}"`);
    const backends = backendsOf(store, service, port);
    const address = `${clusterIP}:${target.port}`;
    if (!backends.length) throw refused(address);
    return dialBackend(backends[Math.floor(random() * backends.length)]!, address, nodeAgent);
  };
}

const refused = (address: string) => dialError(Object.assign(new Error('refused'), { code: 'ECONNREFUSED' }), address);

async function dialBackend({ nodeName, address, port }: Backend, shown: string, nodeAgent: DialerOptions['nodeAgent']): Promise<Duplex> {
  const agent = nodeAgent(nodeName) ?? nodeAgent(undefined);
  if (!agent) throw refused(shown);
  try {
    return await agent.dial(address, port);
  } catch (error) {
    throw dialError(error as Error, shown);
  }
}

function dialHost(host: string, port: number): Promise<Duplex> {
  return new Promise((resolve, reject) => {
    const socket = connect({ host, port, noDelay: true }, () => resolve(socket));
    socket.once('error', (error) => reject(dialError(error, `${host}:${port}`)));
  });
}
