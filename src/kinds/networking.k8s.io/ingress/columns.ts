import type { Ingress, IngressRule } from '../../../api/generated/networking.v1';
import type { Column } from '../../kind';
import { age } from '../../printing';
import { addressesText } from './addresses';

const hostsMax = 3;

/** Rules without a host count among those left out, as upstream counts them. */
function hostsText(rules: readonly IngressRule[]): string {
  const hosts: string[] = [];
  let more = false;
  for (const { host } of rules) {
    if (hosts.length === hostsMax) more = true;
    if (!more && host) hosts.push(host);
  }
  if (hosts.length === 0) return '*';
  return `${hosts.join(',')}${more ? ` + ${rules.length - hostsMax} more...` : ''}`;
}

export const ingressColumns: readonly Column<Ingress>[] = [
  { name: 'Class', value: ({ spec }) => spec?.ingressClassName ?? '<none>' },
  { name: 'Hosts', value: ({ spec }) => hostsText(spec?.rules ?? []) },
  { name: 'Address', value: addressesText },
  { name: 'Ports', value: ({ spec }) => spec?.tls?.length ? '80, 443' : '80' },
  age,
];
