import { ingress } from '../../../src/kinds/networking.k8s.io/ingress/kind';
import { ingressClass } from '../../../src/kinds/networking.k8s.io/ingressclass/kind';
import { networkPolicy } from '../../../src/kinds/networking.k8s.io/networkpolicy/kind';
import { createErrors, defaulted, updateErrors } from '../create';
import { row, titles } from '../row';

const backend = { service: { name: 'web', port: { number: 80 } } };
const rule = (path: object) => ({ rules: [{ http: { paths: [{ path: '/', pathType: 'Prefix', backend, ...path }] } }] });
const at = 'spec.rules[0].http.paths[0]';

test.each<[string, object, string[]]>([
  ['good', rule({}), []],
  ['nothing', {}, ['spec: Invalid value: []networking.IngressRule(nil): either `defaultBackend` or `rules` must be specified']],
  ['no path type', rule({ pathType: null }), [`${at}.pathType: Required value: pathType must be specified`]],
  ['path type', rule({ pathType: 'X' }), [`${at}.pathType: Unsupported value: "X": supported values: "Exact", "ImplementationSpecific", "Prefix"`]],
  ['relative', rule({ path: 'x' }), [`${at}.path: Invalid value: "x": must be an absolute path`]],
  ['upwards', rule({ path: '/a/..' }), [`${at}.path: Invalid value: "/a/..": cannot end with '/..'`]],
  ['no backend', rule({ backend: {} }), [`${at}.backend: Invalid value: "": resource or service backend is required`]],
  ['no port', rule({ backend: { service: { name: 'web' } } }), [`${at}.backend: Required value: port name or number is required`]],
  ['two ports', rule({ backend: { service: { name: 'web', port: { name: 'a', number: 1 } } } }), [`${at}.backend: Invalid value: "": cannot set both port name & port number`]],
  ['address as host', { rules: [{ host: '1.2.3.4' }] }, ['spec.rules[0].host: Invalid value: "1.2.3.4": must be a DNS name, not an IP address']],
  ['resource', { defaultBackend: { resource: { kind: 'B' } } }, ['spec.defaultBackend.resource.name: Required value: name is required']],
])('ingress: %s', (_, spec, expected) => expect(createErrors(ingress, { spec })).toEqual(expected));

test('ingress: class by annotation', () => {
  const annotated = (spec: object) => ({ metadata: { annotations: { 'kubernetes.io/ingress.class': 'a' } }, spec: { ...rule({}), ...spec } });
  expect(createErrors(ingress, annotated({ ingressClassName: 'b' }))).toEqual(['annotations.kubernetes.io/ingress.class: Invalid value: "a": must match `ingressClassName` when both are specified']);
  expect(ingress.strategy.warnings!(defaulted(ingress, annotated({})))).toEqual(['annotation "kubernetes.io/ingress.class" is deprecated, please use \'spec.ingressClassName\' instead']);
});

test('ingress class', () => {
  expect(defaulted(ingressClass, { spec: { controller: 'a.b/c', parameters: { kind: 'P', name: 'p' } } }).spec!.parameters).toMatchObject({ scope: 'Cluster' });
  expect(createErrors(ingressClass, { spec: { controller: 'x' } })).toEqual(['spec.controller: Invalid value: "x": must be a domain-prefixed path (such as "acme.io/foo")']);
  expect(createErrors(ingressClass, { spec: { controller: 'a.b/c', parameters: { kind: 'P', name: 'p', scope: 'Namespace' } } })).toEqual(["spec.parameters.namespace: Required value: `parameters.scope` is set to 'Namespace'"]);
  expect(updateErrors(ingressClass, { spec: { controller: 'a.b/c' } }, { spec: { controller: 'a.b/d' } })).toEqual(['spec.controller: Invalid value: "a.b/d": field is immutable']);
});

test('network policy: defaults', () => {
  expect(defaulted(networkPolicy, { spec: { egress: [{ ports: [{ port: 53 }] }] } }).spec).toMatchObject({ policyTypes: ['Ingress', 'Egress'], egress: [{ ports: [{ protocol: 'TCP' }] }] });
  expect(defaulted(networkPolicy, { spec: {} }).spec!.policyTypes).toEqual(['Ingress']);
});

const from = (peer: object) => ({ podSelector: {}, ingress: [{ from: [peer] }] });
const port = (more: object) => ({ podSelector: {}, ingress: [{ ports: [more] }] });

test.each<[string, object, string[]]>([
  ['good', from({ podSelector: {} }), []],
  ['no peer', from({}), ['spec.ingress[0].from[0]: Required value: must specify a peer']],
  ['two kinds of peer', from({ podSelector: {}, ipBlock: { cidr: '10.0.0.0/8' } }), ['spec.ingress[0].from[0]: Forbidden: may not specify both ipBlock and another peer']],
  ['block', from({ ipBlock: { cidr: '10.0.0.0' } }), ['spec.ingress[0].from[0].ipBlock.cidr: Invalid value: "10.0.0.0": not a valid CIDR']],
  ['exception', from({ ipBlock: { cidr: '10.0.0.0/8', except: ['11.0.0.0/16'] } }), ['spec.ingress[0].from[0].ipBlock.except[0]: Invalid value: "11.0.0.0/16": must be a strict subset of `cidr`']],
  ['range', port({ port: 80, endPort: 79 }), ['spec.ingress[0].ports[0].endPort: Invalid value: 80: must be greater than or equal to `port`']],
  ['range of a name', port({ port: 'http', endPort: 79 }), ['spec.ingress[0].ports[0].endPort: Invalid value: 79: may not be specified when `port` is non-numeric']],
  ['types', { podSelector: {}, policyTypes: ['X'] }, ['spec.policyTypes[0]: Unsupported value: "X": supported values: "Egress", "Ingress"']],
])('network policy: %s', (_, spec, expected) => expect(createErrors(networkPolicy, { spec })).toEqual(expected));

test.each([
  [ingress, 'Class, Hosts, Address, Ports, Age', { spec: { ingressClassName: 'n', tls: [{}], rules: ['a', 'b', 'c', 'd', 'e'].map((host) => ({ host })) }, status: { loadBalancer: { ingress: [{ ip: '2.2.2.2' }, { ip: '1.1.1.1' }] } } }, 'n a,b,c + 2 more... 1.1.1.1,2.2.2.2 80, 443 60m'],
  [ingress, 'Class, Hosts, Address, Ports, Age', { spec: {} }, '<none> *  80 60m'],
  [ingressClass, 'Controller, Parameters, Age', { spec: { controller: 'a/b', parameters: { apiGroup: 'g', kind: 'K', name: 'n' } } }, 'a/b K.g/n 60m'],
  [networkPolicy, 'Pod-Selector, Age', { spec: { podSelector: {} } }, '<none> 60m'],
] as const)('columns of %p', (kind, expected, object, cells) => {
  expect(titles(kind)).toBe(expected);
  expect(row(kind, object)).toBe(cells);
});
