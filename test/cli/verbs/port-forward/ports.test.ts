import type { Pod, Service } from '../../../../src/api/generated/core.v1';
import { parseAddresses } from '../../../../src/cli/verbs/port-forward/addresses';
import { portsOf } from '../../../../src/cli/verbs/port-forward/ports';

const pod = {
  metadata: { name: 'p' },
  spec: { containers: [{ name: 'a', ports: [{ name: 'http', containerPort: 8080, protocol: 'TCP' }, { name: 'dns', containerPort: 53, protocol: 'UDP' }, { name: 'both', containerPort: 54, protocol: 'UDP' }, { containerPort: 54, protocol: 'TCP' }] }] },
} as unknown as Pod;
const service = (more: object = {}) => ({
  metadata: { name: 's' },
  spec: { ports: [{ name: 'web', port: 80, targetPort: 'http', protocol: 'TCP' }, { name: 'plain', port: 81, protocol: 'TCP' }, { port: 82, targetPort: 9000, protocol: 'TCP' }, { name: 'udp', port: 83, protocol: 'UDP' }], ...more },
}) as unknown as Service;

it.each([
  ['80', { local: 80, remote: 80 }],
  ['8000:80', { local: 8000, remote: 80 }],
  [':80', { local: 0, remote: 80 }],
  ['0:80', { local: 0, remote: 80 }],
  ['http', { local: 8080, remote: 8080 }],
  ['1:http', { local: 1, remote: 8080 }],
  ['54', { local: 54, remote: 54 }],
])('of a pod %s is %j', (arg, expected) => expect(portsOf([arg], pod)).toEqual([expected]));

it.each([
  ['80', {}, { local: 80, remote: 8080 }],
  ['web', {}, { local: 80, remote: 8080 }],
  ['1:web', {}, { local: 1, remote: 8080 }],
  ['81', {}, { local: 81, remote: 81 }],
  [':82', {}, { local: 0, remote: 9000 }],
  ['82', { clusterIP: 'None' }, { local: 82, remote: 82 }],
])('of a service %s (%j) is %j', (arg, more, expected) => expect(portsOf([arg], pod, service(more))).toEqual([expected]));

it.each([
  ['x', undefined, "Pod 'p' does not have a named port 'x'"],
  ['80:', undefined, "Pod 'p' does not have a named port ''"],
  ['53', undefined, 'UDP protocol is not supported for 53'],
  ['1:dns', undefined, 'UDP protocol is not supported for dns'],
  ['99999', undefined, 'error parsing local port \'99999\': strconv.ParseUint: parsing "99999": value out of range'],
  ['x:80', undefined, 'error parsing local port \'x\': strconv.ParseUint: parsing "x": invalid syntax'],
  ['1:0', undefined, 'remote port must be > 0'],
  ['84', service(), 'Service s does not have a service port 84'],
  ['nosuch', service(), "Service 's' does not have a named port 'nosuch'"],
  ['83', service(), 'UDP protocol is not supported for 83'],
])('%s is refused', (arg, of, message) => expect(() => portsOf([arg], pod, of)).toThrow(message));

it.each([
  [['localhost'], ['127.0.0.1', '::1']],
  [['::1', 'localhost', '10.0.0.1'], ['10.0.0.1', '127.0.0.1', '::1']],
  [['0.0.0.0'], ['0.0.0.0']],
])('%j are the addresses %j', (given, expected) => expect(parseAddresses(given).map(({ address }) => address)).toEqual(expected));

it.each([[[], 'you must specify at least 1 address'], [['example.com'], 'example.com is not a valid IP']])('%j is refused', (given, message) => {
  expect(() => parseAddresses(given)).toThrow(message);
});
