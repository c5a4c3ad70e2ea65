import type { FieldError } from '../../../api/errors';
import type { ServiceCIDR } from '../../../api/generated/networking.v1';
import { formatCIDR, immutable, invalidValue, nameIsDNSSubdomain, parseCIDR, required, tooMany, validateObjectMeta } from '../../../api/validation';
import type { Strategy } from '../../kind';
import { each } from '../../validating';

/** One of each family at most. */
const cidrsMax = 2;

function validateCIDRs(cidrs: readonly string[]): FieldError[] {
  const path = 'spec.cidrs';
  if (cidrs.length === 0) return [required(path, 'at least one CIDR required')];
  if (cidrs.length > cidrsMax) return [tooMany(path, cidrs.length, cidrsMax)];
  const families = cidrs.map((cidr) => parseCIDR(cidr)?.ip.family);
  const sameFamily = cidrs.length === cidrsMax && families[0] !== undefined && families[0] === families[1];
  return [
    ...(sameFamily ? [invalidValue(path, cidrs, 'may specify no more than one IP for each IP family, i.e 192.168.0.0/24 and 2001:db8::/64')] : []),
    ...each(cidrs, path, (text, at) => {
      const cidr = parseCIDR(text);
      if (!cidr) return [invalidValue(at, text, 'must be a valid CIDR value, (e.g. 10.9.8.0/24 or 2001:db8::/64)')];
      return formatCIDR(cidr) === text ? [] : [invalidValue(at, text, `must be in canonical form ("${formatCIDR(cidr)}")`)];
    }),
  ];
}

/** After ValidateServiceCIDR and pkg/registry/networking/servicecidr/strategy.go. */
export const serviceCIDRStrategy: Strategy<ServiceCIDR> = {
  prepareForCreate(serviceCIDR) {
    serviceCIDR.status = {};
  },
  validate: ({ metadata, spec }) => [...validateObjectMeta(metadata, false, nameIsDNSSubdomain), ...validateCIDRs(spec?.cidrs ?? [])],
  validateUpdate: ({ spec }, { spec: old }) => immutable('spec.cidrs', spec?.cidrs, old?.cidrs),
  generationOf: () => undefined,
};
