import type { HTTPIngressPath as LegacyPath, Ingress as LegacyIngress, IngressBackend as LegacyBackend } from '../../api/generated/networking.v1beta1';
import type { HTTPIngressPath, Ingress, IngressBackend, IngressRule } from '../../api/generated/networking.v1';
import type { KubeObject } from '../../api/meta';
import type { Conversion } from '../kind';

function legacyBackend({ service, ...rest }: IngressBackend): LegacyBackend {
  if (!service) return rest as LegacyBackend;
  return { ...rest, serviceName: service.name, servicePort: service.port?.name ? service.port.name : service.port?.number ?? 0 } as LegacyBackend;
}

function backend({ serviceName, servicePort, ...rest }: LegacyBackend): IngressBackend {
  if (!serviceName && (servicePort === undefined || servicePort === 0)) return rest as IngressBackend;
  const port = typeof servicePort === 'string' ? (servicePort ? { name: servicePort } : {}) : servicePort ? { number: servicePort } : {};
  return { ...rest, service: { name: serviceName ?? '', port } } as IngressBackend;
}

type Path = { readonly backend: unknown };
type Rule = { readonly http?: { readonly paths?: readonly Path[] } };

const eachPath = (rules: readonly Rule[], change: (path: never) => unknown) =>
  rules.map((rule) => (rule.http?.paths ? { ...rule, http: { ...rule.http, paths: rule.http.paths.map((path) => change(path as never)) } } : rule));

/** extensions/v1beta1 and networking.k8s.io/v1beta1: backends name service and port in two fields. After pkg/apis/networking/v1beta1/conversion.go. */
export const ingressConversion = (apiVersion: string): Conversion => ({
  fromStored(object) {
    const { spec, ...rest } = object as Ingress;
    const { defaultBackend, rules, ...same } = spec ?? {};
    const changed = rules && eachPath(rules as Rule[], (path: HTTPIngressPath) => ({ ...path, backend: legacyBackend(path.backend) }));
    return { ...rest, apiVersion, ...(spec && { spec: { ...same, ...(defaultBackend && { backend: legacyBackend(defaultBackend) }), ...(changed && { rules: changed }) } }) } as KubeObject;
  },
  toStored(object) {
    const { spec, ...rest } = object as LegacyIngress;
    const { backend: defaultBackend, rules, ...same } = spec ?? {};
    const changed = rules && eachPath(rules as Rule[], (path: LegacyPath) => ({ ...path, backend: backend(path.backend) }));
    return {
      ...rest, apiVersion: 'networking.k8s.io/v1', ...(spec && { spec: { ...same, ...(defaultBackend && { defaultBackend: backend(defaultBackend) }), ...(changed && { rules: changed as IngressRule[] }) } }),
    } as KubeObject;
  },
});

/** Paths say how they match only since v1. */
export function ingressDefaults(object: KubeObject): void {
  for (const { http } of (object as LegacyIngress).spec?.rules ?? []) {
    for (const path of http?.paths ?? []) path.pathType ??= 'ImplementationSpecific';
  }
}
