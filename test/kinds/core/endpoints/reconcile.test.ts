import type { Endpoints, Node, Pod, Service } from '../../../../src/api/generated/core.v1';
import type { EndpointSlice } from '../../../../src/api/generated/discovery.v1';
import type { CreateAction, Plan } from '../../../../src/kinds/actions';
import { reconcileEndpoints } from '../../../../src/kinds/core/endpoints/reconcile';
import { reconcileEndpointSlices } from '../../../../src/kinds/discovery.k8s.io/endpointslice/reconcile';
import { endpointSlices, endpoints, nodes, pods } from '../../../../src/kinds/resources';
import { observedOf, told } from '../../observed';

const service = (spec: { [field in keyof NonNullable<Service['spec']>]?: NonNullable<Service['spec']>[field] | undefined } = {}): Service => ({
  metadata: { name: 'web', namespace: 'default', uid: 's', labels: { a: 'b' }, creationTimestamp: '2026-01-01T00:00:00Z' },
  spec: { clusterIP: '10.96.0.1', ipFamilies: ['IPv4'], selector: { app: 'web' }, ports: [{ name: 'http', port: 80, targetPort: 'http', protocol: 'TCP' }], ...spec },
});

const pod = (name: string, ip: string, { ready = true, port = 8080, deleting = false, phase = 'Running' as const, nodeName = 'n' } = {}): Pod => ({
  metadata: { name, namespace: 'default', uid: name, labels: { app: 'web' }, ...(deleting && { deletionTimestamp: '2026-01-01T00:00:00Z' }) },
  spec: { nodeName, containers: [{ name: 'main', ports: [{ name: 'http', containerPort: port, protocol: 'TCP' }] }] },
  status: { phase, podIP: ip, podIPs: [{ ip }], conditions: [{ type: 'Ready', status: ready ? 'True' : 'False', lastTransitionTime: '2026-01-01T00:01:00Z' }] },
});

const node: Node = { metadata: { name: 'n', labels: { 'topology.kubernetes.io/zone': 'z' } }, spec: {} };
const observed = (all: Pod[], slices: EndpointSlice[] = [], legacy: Endpoints[] = []) =>
  observedOf([pods, all], [nodes, [node]], [endpointSlices, slices], [endpoints, legacy]);
const made = <T>({ actions }: Plan) => (actions[0] as CreateAction).object as unknown as T;
const mixed = [pod('a', '10.0.0.1'), pod('b', '10.0.0.2', { ready: false }), pod('c', '10.0.0.3', { deleting: true }), pod('d', '10.0.0.4', { phase: 'Running', port: 9090 })];

describe('Endpoints', () => {
  it('group addresses by port and by readiness', () => {
    const result = made<Endpoints>(reconcileEndpoints(service(), observed(mixed)));
    expect(result.metadata).toEqual({
      name: 'web', namespace: 'default', labels: { a: 'b', 'endpoints.kubernetes.io/managed-by': 'endpoint-controller' },
      annotations: { 'endpoints.kubernetes.io/last-change-trigger-time': '2026-01-01T00:01:00Z' },
    });
    expect(result.subsets!.map(({ addresses = [], notReadyAddresses = [], ports }) => [addresses.map(({ ip }) => ip), notReadyAddresses.map(({ ip }) => ip), ports])).toEqual([
      [['10.0.0.1'], ['10.0.0.2'], [{ name: 'http', port: 8080, protocol: 'TCP' }]], [['10.0.0.4'], [], [{ name: 'http', port: 9090, protocol: 'TCP' }]],
    ]);
  });

  it('share one subset between ports that all addresses serve', () => {
    const ports = [{ name: 'http', port: 80, targetPort: 'http', protocol: 'TCP' as const }, { name: 'admin', port: 81, targetPort: 81, protocol: 'TCP' as const }];
    expect(made<Endpoints>(reconcileEndpoints(service({ ports }), observed([mixed[0]!]))).subsets).toMatchObject([{ ports: [{ name: 'http', port: 8080 }, { name: 'admin', port: 81 }] }]);
  });

  it('are left alone when they are right, and without a selector', () => {
    const right = made<Endpoints>(reconcileEndpoints(service(), observed(mixed)));
    expect(reconcileEndpoints(service(), observed(mixed, [], [right])).actions).toEqual([]);
    expect(reconcileEndpoints(service({ selector: undefined }), observed(mixed)).actions).toEqual([]);
  });

  it('are cut off at a thousand, and say so', () => {
    const many = Array.from({ length: 1001 }, (_, at) => pod(`p${at}`, `10.1.${at >> 8}.${at & 255}`));
    const result = made<Endpoints>(reconcileEndpoints(service(), observed(many)));
    expect(result.subsets![0]!.addresses).toHaveLength(1000);
    expect(result.metadata.annotations).toMatchObject({ 'endpoints.kubernetes.io/over-capacity': 'truncated' });
  });
});

describe('EndpointSlices', () => {
  it('show ready, serving and terminating, node and zone', () => {
    const result = made<EndpointSlice>(reconcileEndpointSlices(service(), observed(mixed.slice(0, 3))));
    expect(result.endpoints.map(({ addresses, conditions }) => [addresses[0], conditions])).toEqual([
      ['10.0.0.1', { ready: true, serving: true, terminating: false }], ['10.0.0.2', { ready: false, serving: false, terminating: false }],
      ['10.0.0.3', { ready: false, serving: true, terminating: true }],
    ]);
    expect(result.endpoints[0]).toMatchObject({ nodeName: 'n', zone: 'z', targetRef: { kind: 'Pod', namespace: 'default', name: 'a', uid: 'a' } });
  });

  it('are one per set of ports', () => {
    expect(told(reconcileEndpointSlices(service(), observed(mixed)).actions)).toEqual(['create endpointslices web-', 'create endpointslices web-']);
  });

  it('publish unready addresses as ready when asked to', () => {
    const result = made<EndpointSlice>(reconcileEndpointSlices(service({ publishNotReadyAddresses: true }), observed(mixed.slice(0, 3))));
    expect(result.endpoints.map(({ conditions }) => conditions!.ready)).toEqual([true, true, true]);
  });

  it('are there, but empty, without pods; the empty one is filled later', () => {
    const empty = made<EndpointSlice>(reconcileEndpointSlices(service({ clusterIP: 'None' }), observed([])));
    expect(empty).toMatchObject({ endpoints: [], ports: [], metadata: { labels: { 'service.kubernetes.io/headless': '' } } });
    const stored = { ...empty, metadata: { ...empty.metadata, name: 'web-1' } };
    expect(reconcileEndpointSlices(service({ clusterIP: 'None' }), observed([], [stored])).actions).toEqual([]);
    expect(told(reconcileEndpointSlices(service({ clusterIP: 'None' }), observed([mixed[0]!], [stored])).actions)).toEqual(['update endpointslices web-1']);
  });

  it('leave out pods on unknown nodes', () => {
    expect(made<EndpointSlice>(reconcileEndpointSlices(service(), observed([pod('a', '10.0.0.1', { nodeName: 'gone' })]))).endpoints).toEqual([]);
  });
});
