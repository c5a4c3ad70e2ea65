import type { Pod, Service, ServicePort } from '../api/generated/core.v1';
import type { Endpoint, EndpointSlice } from '../api/generated/discovery.v1';
import { whyUnready } from './core/service/unready';

/** Where a connection to one port of a Service ends. */
export interface ServiceEnd {
  readonly address: string;
  /** Of the pod. */
  readonly port: number;
  /** Absent for an address that is no pod's. */
  readonly pod?: Pod;
}

export interface ServiceWay {
  readonly port: ServicePort;
  /** Those that get connections now, by address. */
  readonly ends: readonly ServiceEnd[];
  /** Why there are none. */
  readonly reason?: string;
}

/**
 * The way through each port of a Service, or through the one that is asked for by number or name: selector → endpoints →
 * target port. From objects alone; of policies it knows nothing. Ready endpoints, else those that end and still serve.
 */
export function serviceWays(service: Service, slices: readonly EndpointSlice[], pods: readonly Pod[], wanted = ''): ServiceWay[] {
  const ports = (service.spec.ports ?? []).filter(({ port, name }) => wanted === '' || String(port) === wanted || name === wanted);
  return ports.map((port) => {
    const ends = endsOf(port, slices, pods);
    const reason = ends.length === 0 ? whyUnready({ ...service, spec: { ...service.spec, ports: [port] } }, { slices, pods: () => pods }) ?? 'no ready endpoints' : undefined;
    return { port, ends, ...(reason !== undefined && { reason }) };
  });
}

function endsOf({ name = '' }: ServicePort, slices: readonly EndpointSlice[], pods: readonly Pod[]): ServiceEnd[] {
  const found = slices.flatMap(({ ports, endpoints }) => {
    const number = ports?.find((port) => (port.name ?? '') === name)?.port;
    return number ? (endpoints ?? []).map((endpoint) => ({ endpoint, port: number })) : [];
  });
  const ready = found.filter(({ endpoint }) => endpoint.conditions?.ready ?? true);
  const usable = ready.length > 0 ? ready : found.filter(({ endpoint: { conditions } }) => conditions?.serving && conditions.terminating);
  const ends = usable.map(({ endpoint, port }) => endOf(endpoint, port, pods));
  return [...new Map(ends.map((end) => [`${end.address} ${end.port}`, end])).values()].sort((a, b) => (a.address < b.address ? -1 : 1));
}

function endOf({ addresses, targetRef }: Endpoint, port: number, pods: readonly Pod[]): ServiceEnd {
  const pod = targetRef?.kind === 'Pod' ? pods.find(({ metadata }) => metadata.name === targetRef.name && metadata.namespace === targetRef.namespace) : undefined;
  return { address: addresses[0]!, port, ...(pod?.status?.podIP && { pod }) };
}
