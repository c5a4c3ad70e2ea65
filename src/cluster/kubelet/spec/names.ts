import type { Pod } from '../../../api/generated/core.v1';

/** What fits into the kernel's 64 bytes. */
const maxHostname = 63;

export function podHostname({ metadata, spec }: Pod): string {
  return (spec.hostname || metadata.name).slice(0, maxHostname).replace(/[-.]+$/, '');
}

/** Empty without a subdomain. */
export function podDomain({ metadata, spec }: Pod, clusterDomain: string): string {
  return spec.subdomain ? `${spec.subdomain}.${metadata.namespace}.svc.${clusterDomain}` : '';
}
