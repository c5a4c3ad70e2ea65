import type { FieldError } from '../../../api/errors';
import type { EndpointAddress, EndpointPort, Endpoints, EndpointSubset } from '../../../api/generated/core.v1';
import {
  invalidEach, isDNS1123Label, isDNS1123Subdomain, isPortNum, isQualifiedName, nameIsDNSSubdomain, required, validateObjectMeta,
  type Path,
} from '../../../api/validation';
import { isIP, mustBeIP, nonSpecialMessages } from '../../addresses';
import { each, oneOf } from '../../validating';

function validateAddress({ ip, hostname, nodeName }: EndpointAddress, path: Path): FieldError[] {
  return [
    ...invalidEach(`${path}.ip`, ip, isIP(ip) ? nonSpecialMessages(ip) : [mustBeIP]),
    ...(hostname ? invalidEach(`${path}.hostname`, hostname, isDNS1123Label(hostname)) : []),
    ...(nodeName ? invalidEach(`${path}.nodeName`, nodeName, isDNS1123Subdomain(nodeName)) : []),
  ];
}

function validatePort({ name, port, protocol, appProtocol }: EndpointPort, needsName: boolean, path: Path): FieldError[] {
  return [
    ...(name ? invalidEach(`${path}.name`, name, isDNS1123Label(name)) : needsName ? [required(`${path}.name`)] : []),
    ...invalidEach(`${path}.port`, port, isPortNum(port)),
    ...oneOf(protocol, ['SCTP', 'TCP', 'UDP'], `${path}.protocol`),
    ...(appProtocol ? invalidEach(`${path}.appProtocol`, appProtocol, isQualifiedName(appProtocol)) : []),
  ];
}

function validateSubset({ addresses = [], notReadyAddresses = [], ports = [] }: EndpointSubset, path: Path): FieldError[] {
  return [
    ...(addresses.length + notReadyAddresses.length === 0 ? [required(path, 'must specify `addresses` or `notReadyAddresses`')] : []),
    ...each(addresses, `${path}.addresses`, validateAddress),
    ...each(notReadyAddresses, `${path}.notReadyAddresses`, validateAddress),
    ...each(ports, `${path}.ports`, (port, at) => validatePort(port, ports.length > 1, at)),
  ];
}

export const validateEndpoints = ({ metadata, subsets }: Endpoints): FieldError[] =>
  [...validateObjectMeta(metadata, true, nameIsDNSSubdomain), ...each(subsets, 'subsets', validateSubset)];
