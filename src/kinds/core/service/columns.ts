import type { Service, ServicePort } from '../../../api/generated/core.v1';
import type { Column } from '../../kind';
import { age, formatLabels, orNone, wide } from '../../printing';

function loadBalancerAddresses(service: Service): string[] {
  const addresses = (service.status?.loadBalancer?.ingress ?? []).map(({ ip, hostname }) => ip || hostname || '');
  return [...new Set(addresses)].filter(Boolean).sort();
}

const externalIPs = (service: Service) => orNone(service.spec.externalIPs?.join(','));

const externalByType: Record<string, (service: Service) => string> = {
  ClusterIP: externalIPs,
  NodePort: externalIPs,
  LoadBalancer: (service) => [...loadBalancerAddresses(service), ...service.spec.externalIPs ?? []].join(',') || '<pending>',
  ExternalName: (service) => service.spec.externalName ?? '',
};

const externalOf = (service: Service) => externalByType[service.spec.type ?? '']?.(service) ?? '<unknown>';

/** `80/TCP`, `80:30080/TCP` */
const portText = ({ port, nodePort, protocol }: ServicePort) => `${port}${nodePort ? `:${nodePort}` : ''}/${protocol}`;

export const serviceColumns: readonly Column<Service>[] = [
  { name: 'Type', value: (service) => service.spec.type ?? '' },
  { name: 'Cluster-IP', value: (service) => service.spec.clusterIPs?.[0] ?? '<none>' },
  { name: 'External-IP', value: externalOf },
  { name: 'Port(s)', value: (service) => orNone(service.spec.ports?.map(portText).join(',')) },
  age,
  wide('Selector', (service) => formatLabels(service.spec.selector)),
];
