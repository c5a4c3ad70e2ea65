import { request as httpRequest } from 'node:http';
import type { Duplex } from 'node:stream';
import { ApiError, badRequest } from '../../../api/errors';
import type { Pod, Service } from '../../../api/generated/core.v1';
import type { Exchange, Reply } from '../http/exchange';
import type { VerbTarget } from '../http/verbs/verb';
import { backendsOf, type Backend } from '../outbound/endpoints';
import { getEntry, type Registry } from '../registry';
import { admitConnection } from './connection';
import { forward, passedOn } from './forward';
import type { FindAgent } from './pods';

/** `name`, `name:port` or `scheme:name:port`, as the proxy subresources of pods and services are named. */
interface ProxyName {
  readonly name: string;
  readonly port: string;
}

/** Pods and services over HTTP through the API server. Source: k8s.io/kubernetes/pkg/registry/core/{pod,service}. */
export const proxy = (find: FindAgent) => async (exchange: Exchange, target: VerbTarget, rest: string | undefined): Promise<Reply | void> => {
  const query = new URLSearchParams(rest === undefined ? '' : { path: rest });
  await admitConnection(target, 'proxy', query, { user: exchange.user, dryRun: false, warn: (text) => void exchange.warnings.push(text) });
  const backend = backendOf(target);
  const agent = find(backend.nodeName) ?? find(undefined);
  if (!agent) throw new ApiError('ServiceUnavailable', `no node is running that reaches ${backend.address}:${backend.port}`);
  const socket = await agent.dial(backend.address, backend.port);
  await send(exchange, socket, `/${rest ?? ''}`, backend);
};

function backendOf(target: VerbTarget): Backend {
  const named = parseName(target.name!);
  const object = getEntry(target.registry, target.kind, target.namespace, named.name).object;
  return target.kind.kind === 'Pod' ? podBackend(object as unknown as Pod, named) : serviceBackend(target.registry, object as unknown as Service, named);
}

/** Throws BadRequest. */
function parseName(text: string): ProxyName {
  const parts = text.split(':');
  const [scheme, name, port] = parts.length === 3 ? parts : ['', parts[0], parts[1] ?? ''];
  if (parts.length > 3 || !name) throw badRequest(`invalid proxy request "${text}"`);
  if (scheme && scheme !== 'http') throw badRequest(`proxying over ${scheme} is not supported, use http`);
  return { name, port: port ?? '' };
}

function podBackend({ metadata, spec, status }: Pod, { port }: ProxyName): Backend {
  if (!status?.podIP) throw badRequest(`address not allowed: pod ${metadata.name} has no IP`);
  const declared = spec.containers.flatMap(({ ports }) => ports ?? []);
  const number = Number(port) || declared.find(({ name }) => !port || name === port)?.containerPort || 80;
  return { nodeName: spec.nodeName, address: status.podIP, port: number };
}

/** Any ready endpoint of the port that is named, by number or name; of the only port when none is. */
function serviceBackend({ store, random }: Registry, service: Service, { port }: ProxyName): Backend {
  const { metadata: { name }, spec } = service;
  const ports = spec.ports ?? [];
  const wanted = port ? ports.find((candidate) => candidate.name === port || String(candidate.port) === port) : ports[0];
  if (!wanted) throw new ApiError('ServiceUnavailable', `no service port "${port}" found for service "${name}"`);
  const backends = backendsOf(store, service, wanted);
  if (backends.length) return backends[Math.floor(random() * backends.length)]!;
  throw new ApiError('ServiceUnavailable', `no endpoints available for service "${name}${port && `:${port}`}"`);
}

function send(exchange: Exchange, socket: Duplex, path: string, { address, port }: Backend): Promise<void> {
  const { request, info } = exchange;
  const search = info.query.toString();
  const outgoing = httpRequest({
    createConnection: () => socket as never, method: request.method, path: encodeURI(path) + (search && `?${search}`),
    headers: { ...passedOn(request.headers), host: `${address}:${port}`, connection: 'close' },
  });
  return forward(exchange, outgoing, (error) => new ApiError('ServiceUnavailable', `error trying to reach service: ${error.message}`)).finally(() => socket.destroy());
}
