import type { FieldError } from '../../../api/errors';
import type { HTTPIngressPath, Ingress, IngressBackend, IngressRule, IngressServiceBackend, IngressSpec, IngressTLS } from '../../../api/generated/networking.v1';
import {
  invalidEach, invalidValue, isDNS1035Label, isDNS1123Subdomain, isPortName, isPortNum, isWildcardDNS1123Subdomain, nameIsDNSSubdomain,
  notSupported, required, ShownAs, validateObjectMeta, type Path,
} from '../../../api/validation';
import { isIP } from '../../addresses';
import { each } from '../../validating';
import { validateTypedReference } from '../typed-reference';

export const classAnnotation = 'kubernetes.io/ingress.class';

const pathTypes = ['Exact', 'ImplementationSpecific', 'Prefix'];
const badSequences = ['//', '/./', '/../', '%2f', '%2F'];
const badEndings = ['/..', '/.'];

function validatePort({ port }: IngressServiceBackend, path: Path): FieldError[] {
  const { name, number } = port ?? {};
  if (name && number) return [invalidValue(path, '', 'cannot set both port name & port number')];
  if (name) return invalidEach(`${path}.service.port.name`, name, isPortName(name));
  return number ? invalidEach(`${path}.service.port.number`, number, isPortNum(number)) : [required(path, 'port name or number is required')];
}

function validateBackend({ resource, service }: IngressBackend, path: Path): FieldError[] {
  if (resource && service) return [invalidValue(path, '', 'cannot set both resource and service backends')];
  if (resource) return validateTypedReference(resource, `${path}.resource`);
  if (!service) return [invalidValue(path, '', 'resource or service backend is required')];
  const at = `${path}.service.name`;
  return [
    ...(service.name ? invalidEach(at, service.name, isDNS1035Label(service.name)) : [required(at)]),
    ...validatePort(service, path),
  ];
}

function validatePathText(text: string, pathType: string, path: Path): FieldError[] {
  const relative = text.startsWith('/') ? [] : [invalidValue(path, text, 'must be an absolute path')];
  if (pathType === 'ImplementationSpecific') return text ? relative : [];
  return [
    ...relative,
    ...badSequences.filter((part) => text.includes(part)).map((part) => invalidValue(path, text, `must not contain '${part}'`)),
    ...badEndings.filter((ending) => text.endsWith(ending)).map((ending) => invalidValue(path, text, `cannot end with '${ending}'`)),
  ];
}

function validatePath({ path: text = '', pathType, backend }: HTTPIngressPath, path: Path): FieldError[] {
  if (!pathType) return [required(`${path}.pathType`, 'pathType must be specified')];
  return [
    ...(pathTypes.includes(pathType) ? validatePathText(text, pathType, `${path}.path`) : [notSupported(`${path}.pathType`, pathType, pathTypes)]),
    ...validateBackend(backend ?? {}, `${path}.backend`),
  ];
}

const hostMessages = (host: string) => host.includes('*') ? isWildcardDNS1123Subdomain(host) : isDNS1123Subdomain(host);

function validateRule({ host, http }: IngressRule, path: Path): FieldError[] {
  return [
    ...(host && isIP(host) ? [invalidValue(`${path}.host`, host, 'must be a DNS name, not an IP address')] : []),
    ...(host ? invalidEach(`${path}.host`, host, hostMessages(host)) : []),
    ...(http && !http.paths?.length ? [required(`${path}.http.paths`)] : []),
    ...each(http?.paths ?? [], `${path}.http.paths`, validatePath),
  ];
}

function validateTLS({ hosts, secretName }: IngressTLS, path: Path): FieldError[] {
  return [
    ...each(hosts ?? [], `${path}.hosts`, (host, at) => invalidEach(at, host, hostMessages(host))),
    ...(secretName ? invalidEach(`${path}.secretName`, secretName, isDNS1123Subdomain(secretName)) : []),
  ];
}

function validateSpec(spec: IngressSpec): FieldError[] {
  const { rules, defaultBackend, tls, ingressClassName } = spec;
  const nothing = !rules?.length && !defaultBackend;
  return [
    ...(nothing ? [invalidValue('spec', new ShownAs('[]networking.IngressRule(nil)'), 'either `defaultBackend` or `rules` must be specified')] : []),
    ...(defaultBackend ? validateBackend(defaultBackend, 'spec.defaultBackend') : []),
    ...each(rules ?? [], 'spec.rules', validateRule),
    ...each(tls ?? [], 'spec.tls', validateTLS),
    ...(ingressClassName === undefined ? [] : invalidEach('spec.ingressClassName', ingressClassName, isDNS1123Subdomain(ingressClassName))),
  ];
}

/** The annotation that came before `ingressClassName` may not say otherwise. */
function validateClassAnnotation({ metadata: { annotations }, spec }: Ingress): FieldError[] {
  const annotation = annotations?.[classAnnotation];
  const { ingressClassName } = spec ?? {};
  if (annotation === undefined || ingressClassName === undefined || annotation === ingressClassName) return [];
  return [invalidValue(`annotations.${classAnnotation}`, annotation, 'must match `ingressClassName` when both are specified')];
}

/** After ValidateIngressCreate. */
export const validateIngress = (ingress: Ingress): FieldError[] => [
  ...validateObjectMeta(ingress.metadata, true, nameIsDNSSubdomain),
  ...validateSpec(ingress.spec ?? {}),
  ...validateClassAnnotation(ingress),
];

export const validateIngressStatus = ({ status }: Ingress): FieldError[] =>
  each(status?.loadBalancer?.ingress ?? [], 'status.loadBalancer.ingress', ({ ip, hostname }, path) => [
    ...(ip && !isIP(ip) ? [invalidValue(`${path}.ip`, ip, 'must be a valid IP address')] : []),
    ...(hostname ? invalidEach(`${path}.hostname`, hostname, isDNS1123Subdomain(hostname)) : []),
    ...(hostname && isIP(hostname) ? [invalidValue(`${path}.hostname`, hostname, 'must be a DNS name, not an IP address')] : []),
  ]);
