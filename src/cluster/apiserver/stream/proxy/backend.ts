import { ApiError, badRequest } from '../../../../api/errors';
import type { Pod, Service } from '../../../../api/generated/core.v1';
import type { VerbTarget } from '../../http/verbs/verb';
import { backendsOf, type Backend } from '../../outbound/endpoints';
import { getEntry, type Registry } from '../../registry';

/** `name`, `name:port` or `scheme:name:port`, as the proxy subresources of pods and services are named. */
interface ProxyName {
  readonly scheme: Scheme;
  readonly name: string;
  readonly port: string;
}

type Scheme = 'http' | 'https';
const schemes: Readonly<Record<string, Scheme>> = { '': 'http', http: 'http', https: 'https' };

export type ProxyBackend = Backend & { readonly scheme: Scheme };

/** Who answers. Throws BadRequest, NotFound, ServiceUnavailable. Source: k8s.io/kubernetes/pkg/registry/core/{pod,service}. */
export function backendOf(target: VerbTarget): ProxyBackend {
  const named = parseName(target.kind.kind.toLowerCase(), target.name!);
  const object = getEntry(target.registry, target.kind, target.namespace, named.name).object;
  const backend = target.kind.kind === 'Pod' ? podBackend(object as unknown as Pod, named) : serviceBackend(target.registry, object as unknown as Service, named);
  return { ...backend, scheme: named.scheme };
}

function parseName(kind: string, text: string): ProxyName {
  const parts = text.split(':');
  const [scheme = '', name, port = ''] = parts.length === 3 ? parts : ['', ...parts];
  const known = schemes[scheme];
  if (parts.length > 3 || !name || !known) throw badRequest(`invalid ${kind} request "${text}"`);
  return { scheme: known, name, port };
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
