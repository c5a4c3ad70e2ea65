import type { Service, ServiceSpec } from '../../../api/generated/core.v1';
import { semanticEqual } from '../../../api/validation';

/** Fields that make sense for some types only. */
interface Dependent {
  needed(spec: ServiceSpec): boolean;
  fields: readonly (keyof ServiceSpec)[];
}

const isLoadBalancer = ({ type }: ServiceSpec) => type === 'LoadBalancer';
const needsClusterIP = ({ type }: ServiceSpec) => type !== 'ExternalName';
const needsNodePort = ({ type }: ServiceSpec) => type === 'NodePort' || type === 'LoadBalancer';
export const needsHealthCheckNodePort = (spec: ServiceSpec) => isLoadBalancer(spec) && spec.externalTrafficPolicy === 'Local';
export const needsExternalTrafficPolicy = (spec: ServiceSpec) =>
  needsNodePort(spec) || (spec.type === 'ClusterIP' && Boolean(spec.externalIPs?.length));

const dependents: readonly Dependent[] = [
  { needed: needsClusterIP, fields: ['clusterIP', 'clusterIPs'] },
  { needed: needsClusterIP, fields: ['ipFamilies'] },
  { needed: needsClusterIP, fields: ['ipFamilyPolicy'] },
  { needed: needsClusterIP, fields: ['internalTrafficPolicy'] },
  { needed: needsHealthCheckNodePort, fields: ['healthCheckNodePort'] },
  { needed: isLoadBalancer, fields: ['allocateLoadBalancerNodePorts'] },
  { needed: isLoadBalancer, fields: ['loadBalancerClass'] },
  { needed: needsExternalTrafficPolicy, fields: ['externalTrafficPolicy'] },
];

const nodePorts = ({ ports }: ServiceSpec) => (ports ?? []).flatMap(({ nodePort }) => nodePort || []);

/**
 * A change of type drops what the new type does not know, unless the same write changes it too: that is left for
 * validation to refuse. After dropTypeDependentFields in pkg/registry/core/service/strategy.go.
 */
export function dropFieldsOfOldType({ spec }: Service, { spec: old }: Service): void {
  for (const { needed, fields } of dependents) {
    const unchanged = fields.every((field) => semanticEqual(spec[field], old[field]));
    if (needed(old) && !needed(spec) && unchanged) for (const field of fields) delete spec[field];
  }
  const oldPorts = nodePorts(old);
  if (needsNodePort(old) && !needsNodePort(spec) && nodePorts(spec).every((port) => oldPorts.includes(port))) {
    for (const port of spec.ports ?? []) delete port.nodePort;
  }
}
