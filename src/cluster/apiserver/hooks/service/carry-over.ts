import type { Service } from '../../../../api/generated/core.v1';

const needsClusterIP = ({ spec }: Service) => spec.type !== 'ExternalName';
export const needsNodePorts = ({ spec }: Service): boolean => spec.type === 'NodePort' || spec.type === 'LoadBalancer';
export const needsHealthCheckPort = ({ spec }: Service): boolean => spec.type === 'LoadBalancer' && spec.externalTrafficPolicy === 'Local';

/** What the server has given a service stays when an update leaves it out. In place. Source: patchAllocatedValues. */
export function carryOver(service: Service, old: Service): void {
  const { spec } = service;
  if (needsClusterIP(old) && needsClusterIP(service)) {
    spec.clusterIP ||= old.spec.clusterIP;
    if (!spec.clusterIPs?.length && old.spec.clusterIPs) spec.clusterIPs = [...old.spec.clusterIPs];
  }
  if (needsNodePorts(old) && needsNodePorts(service)) carryOverNodePorts(service, old);
  if (needsHealthCheckPort(old) && needsHealthCheckPort(service)) spec.healthCheckNodePort ||= old.spec.healthCheckNodePort;
}

/** By the ports' names, but for numbers that the update uses itself. */
function carryOverNodePorts({ spec: { ports = [] } }: Service, { spec: { ports: oldPorts = [] } }: Service): void {
  const used = new Set(ports.map(({ nodePort }) => nodePort));
  for (const port of ports) {
    const before = oldPorts.find(({ name }) => (name ?? '') === (port.name ?? ''))?.nodePort;
    if (!port.nodePort && before && !used.has(before)) port.nodePort = before;
  }
}
