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
  const lines = ['# Kubernetes-managed hosts file.', ...localEntries, own];
  if (aliases.length > 0) {
    lines.push('', '# Entries added by HostAliases.', ...aliases.map((alias) => [alias.ip, ...(alias.hostnames ?? [])].join('\t')));
  }
  return `${lines.join('\n')}\n`;
}
