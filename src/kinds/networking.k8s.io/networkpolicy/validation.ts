import type { FieldError } from '../../../api/errors';
import type { IPBlock, NetworkPolicy, NetworkPolicyPeer, NetworkPolicyPort } from '../../../api/generated/networking.v1';
import {
  cidrContains, forbiddenField, invalidEach, invalidValue, isPortName, isPortNum, nameIsDNSSubdomain, notSupported, parseCIDR, required,
  validateLabelSelector, validateObjectMeta, type Path,
} from '../../../api/validation';
import { each } from '../../validating';

const protocols = ['SCTP', 'TCP', 'UDP'];
const policyTypes = ['Egress', 'Ingress'];

function validateEndPort({ port, endPort }: NetworkPolicyPort, path: Path): FieldError[] {
  if (endPort === undefined) return [];
  if (port === undefined) return [invalidValue(path, endPort, 'may not be specified when `port` is not specified')];
  if (typeof port === 'string') return [invalidValue(path, endPort, 'may not be specified when `port` is non-numeric')];
  return [
    ...(endPort < port ? [invalidValue(path, port, 'must be greater than or equal to `port`')] : []),
    ...invalidEach(path, endPort, isPortNum(endPort)),
  ];
}

function validatePort(policyPort: NetworkPolicyPort, path: Path): FieldError[] {
  const { protocol, port } = policyPort;
  return [
    ...(protocol === undefined || protocols.includes(protocol) ? [] : [notSupported(`${path}.protocol`, protocol, protocols)]),
    ...(port === undefined ? [] : invalidEach(`${path}.port`, port, typeof port === 'number' ? isPortNum(port) : isPortName(port))),
    ...validateEndPort(policyPort, `${path}.endPort`),
  ];
}

function validateIPBlock({ cidr, except }: IPBlock, path: Path): FieldError[] {
  if (!cidr) return [required(`${path}.cidr`)];
  const block = parseCIDR(cidr);
  if (!block) return [invalidValue(`${path}.cidr`, cidr, 'not a valid CIDR')];
  return each(except ?? [], `${path}.except`, (text, at) => {
    const part = parseCIDR(text);
    if (!part) return [invalidValue(at, text, 'not a valid CIDR')];
    return cidrContains(block, part.ip) && part.prefix > block.prefix ? [] : [invalidValue(at, text, 'must be a strict subset of `cidr`')];
  });
}

function validatePeer({ podSelector, namespaceSelector, ipBlock }: NetworkPolicyPeer, path: Path): FieldError[] {
  return [
    ...validateLabelSelector(podSelector, `${path}.podSelector`),
    ...validateLabelSelector(namespaceSelector, `${path}.namespaceSelector`),
    ...(ipBlock ? validateIPBlock(ipBlock, `${path}.ipBlock`) : []),
    ...(podSelector || namespaceSelector || ipBlock ? [] : [required(path, 'must specify a peer')]),
    ...(ipBlock && (podSelector || namespaceSelector) ? [forbiddenField(path, 'may not specify both ipBlock and another peer')] : []),
  ];
}

/** After ValidateNetworkPolicy. */
export function validateNetworkPolicy({ metadata, spec }: NetworkPolicy): FieldError[] {
  const types = spec?.policyTypes ?? [];
  return [
    ...validateObjectMeta(metadata, true, nameIsDNSSubdomain),
    ...validateLabelSelector(spec?.podSelector, 'spec.podSelector'),
    ...each(spec?.ingress ?? [], 'spec.ingress', ({ ports, from }, path) =>
      [...each(ports ?? [], `${path}.ports`, validatePort), ...each(from ?? [], `${path}.from`, validatePeer)]),
    ...each(spec?.egress ?? [], 'spec.egress', ({ ports, to }, path) =>
      [...each(ports ?? [], `${path}.ports`, validatePort), ...each(to ?? [], `${path}.to`, validatePeer)]),
    ...(types.length > policyTypes.length
      ? [invalidValue('spec.policyTypes', types, 'may not specify more than two policyTypes')]
      : each(types, 'spec.policyTypes', (type, path) => policyTypes.includes(type) ? [] : [notSupported(path, type, policyTypes)])),
  ];
}
