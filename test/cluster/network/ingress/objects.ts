import type { Ingress, IngressBackend, IngressSpec } from '../../../../src/api/generated/networking.v1';

export const nginx = 'nginx.ingress.kubernetes.io';

export const to = (name: string, port: number | string = 80): IngressBackend => ({ service: { name, port: typeof port === 'number' ? { number: port } : { name: port } } });

export const annotated = (annotations: Record<string, string>): Record<string, string> => Object.fromEntries(Object.entries(annotations).map(([name, value]) => [`${nginx}/${name}`, value]));

export function ingress(name: string, spec: IngressSpec, annotations: Record<string, string> = {}, creationTimestamp = '2026-01-01T00:00:00Z'): Ingress {
  return {
    apiVersion: 'networking.k8s.io/v1', kind: 'Ingress', metadata: { name, namespace: 'default', annotations: annotated(annotations), creationTimestamp: creationTimestamp as never },
    spec: { ingressClassName: 'knarr', ...spec },
  };
}

export const rule = (host: string, ...paths: [path: string, service: string, pathType?: string][]) =>
  ({ ...(host && { host }), http: { paths: paths.map(([path, service, pathType = 'Prefix']) => ({ path, pathType, backend: to(service) })) } });
