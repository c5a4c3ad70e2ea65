import type { Endpoints, EndpointSubset, Service } from '../../../../src/api/generated/core.v1';
import type { EndpointSlice } from '../../../../src/api/generated/discovery.v1';
import type { CreateAction, UpdateAction } from '../../../../src/kinds/actions';
import { reconcileMirror } from '../../../../src/kinds/discovery.k8s.io/endpointslice/mirror';
import { endpoints, endpointSlices, services } from '../../../../src/kinds/resources';
import { observedOf, told } from '../../observed';

const source = (subsets: EndpointSubset[], labels: Record<string, string> = {}): Endpoints =>
  ({ metadata: { name: 'db', namespace: 'default', uid: 'e', labels: { tier: 'back', ...labels }, annotations: { 'kubectl.kubernetes.io/last-applied-configuration': '{}' } }, subsets });
const service = (selector?: Record<string, string>): Service => ({ metadata: { name: 'db', namespace: 'default' }, spec: { ...(selector && { selector }), ports: [{ port: 5432 }] } });
const subset = (...ips: string[]): EndpointSubset => ({ addresses: ips.map((ip) => ({ ip })), ports: [{ port: 5432, protocol: 'TCP' }] });
const plan = (of: Endpoints, slices: EndpointSlice[] = [], behind: Service[] = [service()]) =>
  reconcileMirror(of, observedOf([endpoints, [of]], [services, behind], [endpointSlices, slices])).actions;
const made = (of: Endpoints) => ({ ...(plan(of)[0] as CreateAction).object, metadata: { ...(plan(of)[0] as CreateAction).object.metadata, name: 'db-x' } }) as EndpointSlice;

it('copies addresses into a slice', () => {
  expect(made(source([{ ...subset('10.0.0.1'), notReadyAddresses: [{ ip: '10.0.0.2', nodeName: 'n' }] }]))).toEqual({
    metadata: { name: 'db-x', generateName: 'db-', namespace: 'default',
      labels: { tier: 'back', 'kubernetes.io/service-name': 'db', 'endpointslice.kubernetes.io/managed-by': 'endpointslicemirroring-controller.k8s.io' },
      ownerReferences: [expect.objectContaining({ kind: 'Endpoints', name: 'db' })] },
    addressType: 'IPv4', ports: [{ name: '', port: 5432, protocol: 'TCP' }],
    endpoints: [{ addresses: ['10.0.0.1'], conditions: { ready: true } }, { addresses: ['10.0.0.2'], conditions: { ready: false }, nodeName: 'n' }],
  });
});

it('does nothing when all is well', () => {
  const of = source([subset('10.0.0.1')]);
  expect(plan(of, [made(of)])).toEqual([]);
});

it('keeps the slice when addresses or ports change', () => {
  const before = made(source([subset('10.0.0.1')]));
  const [changed] = plan(source([{ ...subset('10.0.0.3'), ports: [{ port: 1 }] }]), [before]) as [UpdateAction];
  expect(changed.object).toMatchObject({ metadata: { name: 'db-x' }, ports: [{ port: 1 }], endpoints: [{ addresses: ['10.0.0.3'] }] });
});

it.each<[string, string[], string[]]>([
  ['of both families apart', told(plan(source([subset('10.0.0.1', 'fd00::1')]))), ['create endpointslices db-', 'create endpointslices db-']],
  ['not with a selector', told(plan(source([subset('10.0.0.1')]), [made(source([subset('10.0.0.1')]))], [service({ app: 'db' })])), ['delete endpointslices db-x']],
  ['not without a Service', told(plan(source([subset('10.0.0.1')]), [], [])), []],
  ['not when asked not to', told(plan(source([subset('10.0.0.1')], { 'endpointslice.kubernetes.io/skip-mirror': 'true' }))), []],
  ['no addresses, no slice', told(plan(source([]), [made(source([subset('10.0.0.1')]))])), ['delete endpointslices db-x']],
])('mirrors %s', (_, actions, expected) => expect(actions).toEqual(expected));
