import { servicePorts } from '../../../src/cluster/network/rules/service-port';
import { staleUdp } from '../../../src/cluster/network/rules/udp';
import { endpoint, service, slice } from './objects';

const dns = service('dns', { clusterIP: '10.96.0.10', ports: [{ port: 53, protocol: 'UDP', nodePort: 30053 }] });
const tcp = service('dns', { clusterIP: '10.96.0.10', ports: [{ port: 53 }] });
const ports = (of: typeof dns | undefined, ...addresses: string[]) =>
  servicePorts(of ? [of] : [], [slice('dns', [{ port: 53, protocol: 'UDP' }], addresses.map((address) => endpoint(address)))], 'n1');
const both = [{ address: '10.96.0.10', port: 53 }, { address: '172.18.0.2', port: 30053 }];

it.each([
  ['nothing changed', ports(dns, 'a'), ports(dns, 'a'), []],
  ['an endpoint more', ports(dns, 'a'), ports(dns, 'a', 'b'), []],
  ['an endpoint less', ports(dns, 'a', 'b'), ports(dns, 'a'), both],
  ['another endpoint', ports(dns, 'a'), ports(dns, 'b'), both],
  ['the first endpoint', ports(dns), ports(dns, 'a'), both],
  ['a new Service', ports(undefined), ports(dns, 'a'), both],
  ['a Service that went', ports(dns, 'a'), ports(undefined), both],
  ['TCP', ports(tcp, 'a', 'b'), ports(tcp, 'a'), []],
])('UDP flows to forget: %s', (_, before, after, expected) => {
  expect(staleUdp(before, after, '172.18.0.2')).toEqual(expected);
});
