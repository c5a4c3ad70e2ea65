import type { Service, ServicePort, ServiceSpec } from '../../../api/generated/core.v1';
import { labelsOf } from '../run/pairs';

export interface ExposeSpec {
  name: string;
  /** `a=b,c=d`; labels may be ''. */
  selector: string;
  labels: string;
  /** `80` or `80,443`; '' for none. */
  ports: string;
  /** '' for that of the object. */
  protocol: string;
  /** Of the object, by port. */
  protocols: ReadonlyMap<string, readonly string[]>;
  targetPort: string;
  externalIP: string;
  type: string;
  loadBalancerIP: string;
  sessionAffinity: string;
  clusterIP: string;
}

const affinities = ['None', 'ClientIP'];

/** The Service of `expose`, fields in Go's order. After createService in expose.go. */
export function generateExposed(spec: ExposeSpec): Service {
  if (!spec.selector) throw new Error('selector must be specified');
  const selector = labelsOf(spec.selector);
  const labels = spec.labels ? labelsOf(spec.labels) : {};
  const ports = portsOf(spec);
  if (spec.sessionAffinity && !affinities.includes(spec.sessionAffinity)) throw new Error(`unknown session affinity: ${spec.sessionAffinity}`);
  return {
    kind: 'Service',
    apiVersion: 'v1',
    metadata: { name: spec.name, creationTimestamp: null, ...sorted('labels', labels) } as unknown as Service['metadata'],
    spec: {
      ...(ports.length && { ports }),
      ...sorted('selector', selector),
      ...(spec.clusterIP && { clusterIP: spec.clusterIP }),
      ...(spec.type && { type: spec.type as NonNullable<ServiceSpec['type']> }),
      ...(spec.externalIP && { externalIPs: [spec.externalIP] }),
      ...(spec.sessionAffinity && { sessionAffinity: spec.sessionAffinity as NonNullable<ServiceSpec['sessionAffinity']> }),
      ...(spec.type === 'LoadBalancer' && spec.loadBalancerIP && { loadBalancerIP: spec.loadBalancerIP }),
    },
    status: { loadBalancer: {} },
  };
}

function portsOf(spec: ExposeSpec): ServicePort[] {
  if (!spec.ports) return [];
  const all = spec.ports.split(',');
  return all.flatMap((text, index) => {
    const port = atoi(text);
    const own = spec.protocol ? undefined : spec.protocols.get(text);
    const name = all.length > 1 ? `port-${index + 1}` : '';
    if (!own || own.length === 1) return [servicePort(name, spec.protocol || (own?.[0] ?? 'TCP'), port, spec.targetPort)];
    return own.map((protocol) => servicePort(`port-${index + 1}-${protocol.toLowerCase()}`, protocol, port, spec.targetPort));
  });
}

const servicePort = (name: string, protocol: string, port: number, target: string): ServicePort => ({
  ...(name && { name }), protocol: protocol as NonNullable<ServicePort['protocol']>, port, targetPort: target ? (/^[+-]?\d+$/.test(target) ? Number(target) : target) : port,
});

function atoi(text: string): number {
  if (!/^[+-]?\d+$/.test(text)) throw new Error(`strconv.Atoi: parsing ${JSON.stringify(text)}: invalid syntax`);
  return Number(text) | 0;
}

/** Go prints maps by key, and empty ones not at all. */
function sorted(field: string, map: Record<string, string>): Record<string, Record<string, string>> {
  const keys = Object.keys(map).sort();
  return keys.length ? { [field]: Object.fromEntries(keys.map((key) => [key, map[key]!])) } : {};
}
