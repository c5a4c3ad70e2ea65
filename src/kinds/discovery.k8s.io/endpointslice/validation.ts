import type { FieldError } from '../../../api/errors';
import type { Endpoint, EndpointPort, EndpointSlice } from '../../../api/generated/discovery.v1';
import {
  duplicate, immutable, invalidEach, isDNS1123Label, isDNS1123Subdomain, isQualifiedName, nameIsDNSSubdomain, required, tooMany,
  validateObjectMeta, type Path,
} from '../../../api/validation';
import { isIPv4, isIPv6, mustBeIP, nonSpecialMessages } from '../../addresses';
import { each, oneOf } from '../../validating';

const addressTypes = ['FQDN', 'IPv4', 'IPv6'];
const maxEndpoints = 1000;
const maxAddresses = 100;
const maxPorts = 20000;

const ipMessages = (isRightFamily: (ip: string) => boolean) => (ip: string) => isRightFamily(ip) ? nonSpecialMessages(ip) : [mustBeIP];

const messagesByType: Record<string, (address: string) => string[]> = {
  IPv4: ipMessages(isIPv4),
  IPv6: ipMessages(isIPv6),
  FQDN: isDNS1123Subdomain,
};

function validateEndpoint({ addresses: list, nodeName, hostname }: Endpoint, type: string, path: Path): FieldError[] {
  const addresses = list ?? [];
  return [
    ...(addresses.length === 0 ? [required(`${path}.addresses`, 'must contain at least 1 address')] : []),
    ...(addresses.length > maxAddresses ? [tooMany(`${path}.addresses`, addresses.length, maxAddresses)] : []),
    ...each(addresses, `${path}.addresses`, (address, at) => invalidEach(at, address, messagesByType[type]?.(address) ?? [])),
    ...(nodeName ? invalidEach(`${path}.nodeName`, nodeName, isDNS1123Subdomain(nodeName)) : []),
    ...(hostname ? invalidEach(`${path}.hostname`, hostname, isDNS1123Label(hostname)) : []),
  ];
}

function validatePort({ name = '', protocol, appProtocol }: EndpointPort, path: Path): FieldError[] {
  return [
    ...(name ? invalidEach(`${path}.name`, name, isDNS1123Label(name)) : []),
    ...oneOf(protocol, ['SCTP', 'TCP', 'UDP'], `${path}.protocol`),
    ...(appProtocol ? invalidEach(`${path}.appProtocol`, appProtocol, isQualifiedName(appProtocol)) : []),
  ];
}

function validatePorts(ports: readonly EndpointPort[], path: Path): FieldError[] {
  if (ports.length > maxPorts) return [tooMany(path, ports.length, maxPorts)];
  const names = ports.map(({ name = '' }) => name);
  return [
    ...each(ports, path, validatePort),
    ...names.flatMap((name, i) => names.indexOf(name) < i ? [duplicate(`${path}[${i}].name`, name)] : []),
  ];
}

/** After pkg/apis/discovery/validation. */
export function validateEndpointSlice({ metadata, addressType, endpoints, ports }: EndpointSlice): FieldError[] {
  const list = endpoints ?? [];
  return [
    ...validateObjectMeta(metadata, true, nameIsDNSSubdomain),
    ...oneOf(addressType, addressTypes, 'addressType'),
    ...(list.length > maxEndpoints ? [tooMany('endpoints', list.length, maxEndpoints)]
      : each(list, 'endpoints', (endpoint, at) => validateEndpoint(endpoint, addressType, at))),
    ...validatePorts(ports ?? [], 'ports'),
  ];
}

export const validateEndpointSliceUpdate = (slice: EndpointSlice, old: EndpointSlice) => immutable('addressType', slice.addressType, old.addressType);
