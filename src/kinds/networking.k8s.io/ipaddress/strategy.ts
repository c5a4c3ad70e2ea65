import type { FieldError } from '../../../api/errors';
import type { IPAddress, ParentReference } from '../../../api/generated/networking.v1';
import {
  formatIP, immutable, invalidEach, isDNS1123Subdomain, nameIsPathSegment, parseIP, required, validateObjectMeta, type NameRule, type Path,
} from '../../../api/validation';
import type { Strategy } from '../../kind';

const nameIsAddress: NameRule = (name) => {
  const address = parseIP(name);
  if (!address) return [`ParseAddr(${JSON.stringify(name)}): unable to parse IP`];
  return formatIP(address) === name ? [] : ['not a valid ip in canonical format'];
};

function validateParent(parent: ParentReference | undefined, path: Path): FieldError[] {
  if (!parent) return [required(path)];
  const { group, resource, namespace, name } = parent;
  const segment = (value: string, at: Path) => invalidEach(at, value, nameIsPathSegment(value, false));
  return [
    ...(group ? invalidEach(`${path}.group`, group, isDNS1123Subdomain(group)) : []),
    ...(resource ? segment(resource, `${path}.resource`) : [required(`${path}.resource`)]),
    ...(name ? segment(name, `${path}.name`) : [required(`${path}.name`)]),
    ...(namespace ? segment(namespace, `${path}.namespace`) : []),
  ];
}

/** After ValidateIPAddress and pkg/registry/networking/ipaddress/strategy.go. */
export const ipAddressStrategy: Strategy<IPAddress> = {
  validate: ({ metadata, spec }) => [...validateObjectMeta(metadata, false, nameIsAddress), ...validateParent(spec?.parentRef, 'spec.parentRef')],
  validateUpdate: ({ spec }, { spec: old }) => immutable('spec.parentRef', spec?.parentRef, old?.parentRef),
  generationOf: () => undefined,
};
