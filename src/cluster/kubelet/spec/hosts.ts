import type { HostAlias } from '../../../api/generated/core.v1';

const localEntries = [
  '127.0.0.1\tlocalhost',
  '::1\tlocalhost ip6-localhost ip6-loopback',
  'fe00::0\tip6-localnet',
  'fe00::0\tip6-mcastprefix',
  'fe00::1\tip6-allnodes',
  'fe00::2\tip6-allrouters',
];

/** /etc/hosts of a pod's containers, byte for byte as kubelet's managedHostsFileContent writes it. */
export function hostsFile(ip: string, hostname: string, domain: string, aliases: readonly HostAlias[]): string {
  const own = domain ? `${ip}\t${hostname}.${domain}\t${hostname}` : `${ip}\t${hostname}`;
  return fileOf('# Kubernetes-managed hosts file.', own, aliases);
}

/** The same for a pod with hostNetwork: it has the names that the node has (kubelet's nodeHostsFileContent). */
export function nodeHostsFile(ip: string, nodeName: string, aliases: readonly HostAlias[]): string {
  return fileOf('# Kubernetes-managed hosts file (host network).', `${ip}\t${nodeName}`, aliases);
}

function fileOf(header: string, own: string, aliases: readonly HostAlias[]): string {
  const added = aliases.map((alias) => [alias.ip, ...(alias.hostnames ?? [])].join('\t'));
  const lines = [header, ...localEntries, own, ...(added.length > 0 ? ['', '# Entries added by HostAliases.', ...added] : [])];
  return `${lines.join('\n')}\n`;
}
