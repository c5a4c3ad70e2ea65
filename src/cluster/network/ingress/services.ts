import type { Service } from '../../../api/generated/core.v1';
import type { EndpointSlice } from '../../../api/generated/discovery.v1';
import { endpointsOf } from '../rules/endpoints';
import { groupByService } from '../rules/service-port';
import { usableOf } from '../rules/target';
import type { ClusterState } from '../state';
import type { Problem, Target } from '../http/route';

/** What a table is compiled from beside its own objects. */
export interface ServiceView {
  service(namespace: string, name: string): Service | undefined;
  slices(namespace: string, name: string): readonly EndpointSlice[];
}

export interface ServiceTargets {
  readonly targets: readonly Target[];
  readonly problem?: Problem;
  /** What the port says of its protocol. */
  readonly appProtocol?: string;
}

const unavailable = (message: string, passing?: true): ServiceTargets => ({ targets: [], problem: { status: 503, message, ...(passing && { passing }) } });

/** Where a port of a Service leads, by number or name. */
export function serviceTargets(view: ServiceView, namespace: string, name: string, port: { number?: number; name?: string }): ServiceTargets {
  const service = view.service(namespace, name);
  if (!service) return unavailable(`Service ${namespace}/${name} does not exist`);
  const { type, externalName, ports = [] } = service.spec;
  const found = ports.find((one) => (port.number ? one.port === port.number : one.name === port.name));
  if (type === 'ExternalName') return { targets: [{ address: externalName ?? '', port: found?.port ?? port.number ?? 80, external: true }] };
  if (!found) return unavailable(`Service ${namespace}/${name} has no port ${port.number ?? port.name}; it has ${ports.map((one) => (one.name ? `${one.port} (${one.name})` : one.port)).join(', ') || 'none'}`);
  const targets = usableOf(endpointsOf(view.slices(namespace, name), found.name ?? '')).map(({ address, port: at, nodeName }) => ({ address, port: at, ...(nodeName && { nodeName }) }));
  if (targets.length === 0) return unavailable(`Service ${namespace}/${name} has no ready endpoints`, true);
  return { targets, ...(found.appProtocol && { appProtocol: found.appProtocol }) };
}

/** As things are now. */
export function serviceView({ services, endpointSlices }: ClusterState): ServiceView {
  const slicesOf = groupByService(endpointSlices.list());
  return {
    service: (namespace, name) => services.get(name, namespace),
    slices: (namespace, name) => slicesOf.get(`${namespace}/${name}`) ?? [],
  };
}
