import type { FieldError } from '../../../api/errors';
import type { Service, ServiceSpec } from '../../../api/generated/core.v1';
import { duplicate, forbiddenField, invalidEach, invalidValue, notSupported } from '../../../api/validation';
import { isIP, isIPv6, mustBeIP } from '../../addresses';
import { each } from '../../validating';
import { needsHealthCheckNodePort } from './type-change';

const families = ['IPv4', 'IPv6'];
const policies = ['PreferDualStack', 'RequireDualStack', 'SingleStack'];
const path = 'spec.clusterIPs';

function validateFamilies({ ipFamilies = [], ipFamilyPolicy }: ServiceSpec): FieldError[] {
  return [
    ...each(ipFamilies, 'spec.ipFamilies', (family, at) => families.includes(family) ? [] : [notSupported(at, family, families)]),
    ...ipFamilies.flatMap((family, i) => ipFamilies.indexOf(family) < i ? [duplicate(`spec.ipFamilies[${i}]`, family)] : []),
    ...(ipFamilyPolicy === undefined || policies.includes(ipFamilyPolicy) ? [] : [notSupported('spec.ipFamilyPolicy', ipFamilyPolicy, policies)]),
  ];
}

/** `clusterIP` is the first of `clusterIPs`; the server keeps the two together, unless a client sets both. */
function validateSync({ clusterIP, clusterIPs = [] }: ServiceSpec): FieldError[] {
  if (clusterIP && clusterIPs.length > 0 && clusterIPs[0] !== clusterIP) return [invalidValue(path, clusterIPs, 'first value must match `clusterIP`')];
  if (!clusterIP && clusterIPs.length > 0) return [invalidValue(path, clusterIPs, 'must be empty when `clusterIP` is not specified')];
  return [];
}

function validateAddresses({ clusterIP, clusterIPs, ipFamilies = [] }: ServiceSpec): FieldError[] {
  const addresses = clusterIPs ?? (clusterIP ? [clusterIP] : []);
  if (addresses[0] === 'None') return addresses.length > 1 ? [invalidValue(path, addresses, "'None' must be the first and only value")] : [];
  const malformed = each(addresses, path, (ip, at) => invalidEach(at, ip, isIP(ip) ? [] : [mustBeIP]));
  if (malformed.length > 0) return malformed;
  return [
    ...(addresses.length > 2 ? [invalidValue(path, addresses, 'may only hold up to 2 values')] : []),
    ...(addresses.length > 1 && new Set(addresses.map(isIPv6)).size < 2
      ? [invalidValue(path, addresses, 'may specify no more than one IP for each IP family')] : []),
    ...each(addresses, path, (ip, at) => {
      const i = addresses.indexOf(ip);
      const expected = ipFamilies[i];
      return !expected || (expected === 'IPv6') === isIPv6(ip) ? []
        : [invalidValue(at, ip, `expected an ${expected} value as indicated by \`ipFamilies[${i}]\``)];
    }),
  ];
}

/** After ValidateServiceClusterIPsRelatedFields. */
export function validateClusterIPs(spec: ServiceSpec): FieldError[] {
  if (spec.type === 'ExternalName') return [];
  return [...validateSync(spec), ...validateFamilies(spec), ...validateAddresses(spec)];
}

/** After validateUpgradeDowngradeClusterIPs. */
function validateAddressChange(spec: ServiceSpec, old: ServiceSpec): FieldError[] {
  if (spec.type === 'ExternalName' || old.type === 'ExternalName') return [];
  const [now, before] = [spec.clusterIPs ?? [], old.clusterIPs ?? []];
  if (before.length === 0) return [];
  if (now.length === 0) return [invalidValue(`${path}[0]`, now, 'primary clusterIP can not be unset')];
  const compared = before.length === now.length ? before : before.slice(0, 1);
  return [
    ...compared.flatMap((ip, i) => ip === now[i] ? [] : [invalidValue(`${path}[${i}]`, now, 'may not change once set')]),
    ...(before.length > now.length && spec.ipFamilyPolicy !== 'SingleStack'
      ? [invalidValue('spec.ipFamilyPolicy', spec.ipFamilyPolicy, "must be set to 'SingleStack' when releasing the secondary clusterIP")] : []),
  ];
}

export function validateServiceUpdate({ spec }: Service, { spec: old }: Service): FieldError[] {
  const bothBalanced = spec.type === 'LoadBalancer' && old.type === 'LoadBalancer';
  return [
    ...validateAddressChange(spec, old),
    ...(bothBalanced && spec.loadBalancerClass !== old.loadBalancerClass
      ? [invalidValue('spec.loadBalancerClass', spec.loadBalancerClass, 'may not change once set')] : []),
    ...(needsHealthCheckNodePort(spec) && needsHealthCheckNodePort(old) && spec.healthCheckNodePort !== old.healthCheckNodePort
      ? [forbiddenField('spec.healthCheckNodePort', 'field is immutable')] : []),
  ];
}
