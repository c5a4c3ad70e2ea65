import { invalid } from '../../../../api/errors';
import type { Service } from '../../../../api/generated/core.v1';
import { invalidValue } from '../../../../api/validation';

const none = 'None';

export const isHeadless = ({ spec }: Service): boolean => spec.clusterIP === none || spec.clusterIPs?.[0] === none;
const hasSelector = ({ spec }: Service) => Object.keys(spec.selector ?? {}).length > 0;

/**
 * clusterIP and clusterIPs say the same, ipFamilyPolicy and ipFamilies are set, as on a cluster with IPv4 only. In place.
 * Throws Invalid for what such a cluster cannot do. Source: NormalizeClusterIPs and initIPFamilyFields of
 * k8s.io/kubernetes/pkg/registry/core/service/storage.
 */
export function completeIPFamilies(service: Service, old: Service | undefined): void {
  const { spec } = service;
  if (spec.type === 'ExternalName') return;
  normaliseClusterIPs(service, old);
  const isOpenHeadless = isHeadless(service) && !hasSelector(service);
  spec.ipFamilyPolicy ??= old?.spec.ipFamilyPolicy ?? (isOpenHeadless ? 'RequireDualStack' : 'SingleStack');
  if (isOpenHeadless) {
    spec.ipFamilies = spec.ipFamilies?.length ? spec.ipFamilies : ['IPv4'];
    if (spec.ipFamilies.length < 2 && spec.ipFamilyPolicy !== 'SingleStack') spec.ipFamilies = [...spec.ipFamilies, spec.ipFamilies[0] === 'IPv4' ? 'IPv6' : 'IPv4'];
    return;
  }
  refuseDualStack(service);
  spec.ipFamilies = spec.ipFamilies?.length ? spec.ipFamilies : ['IPv4'];
}

function normaliseClusterIPs({ spec }: Service, old: Service | undefined): void {
  if (!old) {
    if (spec.clusterIP && !spec.clusterIPs?.length) spec.clusterIPs = [spec.clusterIP];
    return;
  }
  const unchanged = JSON.stringify(spec.clusterIPs ?? []) === JSON.stringify(old.spec.clusterIPs ?? []);
  if (spec.clusterIP === old.spec.clusterIP || !unchanged) return;
  if (spec.clusterIP) spec.clusterIPs = [spec.clusterIP];
  else delete spec.clusterIPs;
}

function refuseDualStack({ metadata, spec }: Service): void {
  const multiple = (what: string) => `must be 'RequireDualStack' or 'PreferDualStack' when multiple ${what} are specified`;
  const { ipFamilyPolicy: policy, ipFamilies = [], clusterIPs = [] } = spec;
  const errors = [
    ...(policy === 'SingleStack' && clusterIPs.length === 2 ? [invalidValue('spec.ipFamilyPolicy', policy, multiple('cluster IPs'))] : []),
    ...(policy === 'SingleStack' && ipFamilies.length === 2 ? [invalidValue('spec.ipFamilyPolicy', policy, multiple('IP families'))] : []),
    ...(policy === 'RequireDualStack' ? [invalidValue('spec.ipFamilyPolicy', policy, 'this cluster is not configured for dual-stack services')] : []),
    ...ipFamilies.flatMap((family, i) => (family === 'IPv6' ? [invalidValue(`spec.ipFamilies[${i}]`, family, 'not configured on this cluster')] : [])),
  ];
  if (errors.length) throw invalid({ group: '', kind: 'Service' }, metadata.name, errors);
}
