import type { Pod } from '../../../api/generated/core.v1';
import type { SandboxSpec } from '../../../runtime/port';

export interface ClusterDns {
  clusterDNS: string;
  clusterDomain: string;
}

type Dns = SandboxSpec['dns'];

const maxServers = 3;
const maxSearches = 32;

/** Without servers the engine's own resolver configuration holds. After pkg/kubelet/network/dns. */
export function podDns({ metadata, spec }: Pod, { clusterDNS, clusterDomain }: ClusterDns): Dns {
  const base: Dns = usesCluster(spec)
    ? { servers: [clusterDNS], searches: [`${metadata.namespace}.svc.${clusterDomain}`, `svc.${clusterDomain}`, clusterDomain], options: ['ndots:5'] }
    : { servers: [], searches: [], options: [] };
  const { nameservers = [], searches = [], options = [] } = spec.dnsConfig ?? {};
  return {
    servers: unique([...base.servers, ...nameservers]).slice(0, maxServers),
    searches: unique([...base.searches, ...searches]).slice(0, maxSearches),
    options: mergedOptions(base.options, options.map(({ name = '', value }) => (value ? `${name}:${value}` : name))),
  };
}

function usesCluster({ dnsPolicy, hostNetwork }: Pod['spec']): boolean {
  if (dnsPolicy === 'ClusterFirstWithHostNet') return true;
  return (dnsPolicy ?? 'ClusterFirst') === 'ClusterFirst' && !hostNetwork;
}

const unique = (list: string[]) => [...new Set(list)];

/** The last one of a name wins. */
function mergedOptions(base: string[], more: string[]): string[] {
  const byName = new Map([...base, ...more].map((option) => [option.split(':')[0], option]));
  return [...byName.values()];
}
