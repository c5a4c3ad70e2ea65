import type { FieldError } from '../../../api/errors';
import type { HostAlias, PodDNSConfig, PodSpec } from '../../../api/generated/core.v1';
import { invalidEach, invalidValue, isDNS1123Subdomain, required, type Path } from '../../../api/validation';
import { each } from '../../validating';
import { isIP } from '../../addresses';

const nameserversMax = 3;
const searchesMax = 32;
const searchCharactersMax = 2048;

const withoutDot = (domain: string) => domain.replace(/\.$/, '');

function validateDnsLists({ nameservers = [], searches = [], options }: PodDNSConfig, path: Path): FieldError[] {
  return [
    ...(nameservers.length > nameserversMax ? [invalidValue(`${path}.nameservers`, nameservers, `must not have more than ${nameserversMax} nameservers`)] : []),
    ...each(nameservers, `${path}.nameservers`, (address, at) => isIP(address) ? [] : [invalidValue(at, address, 'must be valid IP address')]),
    ...(searches.length > searchesMax ? [invalidValue(`${path}.searches`, searches, `must not have more than ${searchesMax} search paths`)] : []),
    ...(searches.join(' ').length > searchCharactersMax
      ? [invalidValue(`${path}.searches`, searches, `must not have more than ${searchCharactersMax} characters (including spaces) in the search list`)] : []),
    ...each(searches, `${path}.searches`, (search, at) => invalidEach(at, withoutDot(search), isDNS1123Subdomain(withoutDot(search)))),
    ...each(options, `${path}.options`, ({ name }, at) => name ? [] : [required(at, 'must not be empty')]),
  ];
}

export function validateDns({ dnsPolicy, dnsConfig }: PodSpec, path: Path): FieldError[] {
  if (dnsPolicy === 'None') {
    if (!dnsConfig) return [required(path, 'must provide `dnsConfig` when `dnsPolicy` is None')];
    if (!dnsConfig.nameservers?.length) return [required(`${path}.nameservers`, 'must provide at least one DNS nameserver when `dnsPolicy` is None')];
  }
  return dnsConfig ? validateDnsLists(dnsConfig, path) : [];
}

/** Upstream names no position here. */
export function validateHostAliases(aliases: HostAlias[] | undefined, path: Path): FieldError[] {
  return (aliases ?? []).flatMap(({ ip = '', hostnames }) => [
    ...(isIP(ip) ? [] : [invalidValue(`${path}.ip`, ip, 'must be valid IP address')]),
    ...(hostnames ?? []).flatMap((hostname) => invalidEach(`${path}.hostnames`, hostname, isDNS1123Subdomain(hostname))),
  ]);
}

/** In a template the host port may be left out: the pod made of it will get it. */
export function validateHostNetwork({ hostNetwork, containers }: PodSpec, isPod: boolean, path: Path): FieldError[] {
  if (!hostNetwork) return [];
  return each(containers, path, ({ ports }, at) => each(ports, `${at}.ports`, ({ hostPort = 0, containerPort }, portPath) =>
    (isPod || hostPort !== 0) && hostPort !== containerPort
      ? [invalidValue(`${portPath}.hostPort`, hostPort, 'must match `containerPort` when `hostNetwork` is true')] : []));
}
