import type { Pod, PodStatus, Service, ServiceSpec } from '../../../../src/api/generated/core.v1';
import type { EndpointConditions, EndpointSlice } from '../../../../src/api/generated/discovery.v1';
import { whyUnready } from '../../../../src/kinds/core/service/unready';

const service = (spec: Partial<ServiceSpec> = {}): Service => ({ metadata: { name: 'web', namespace: 'default' }, spec: { selector: { app: 'web' }, clusterIP: '10.96.0.9', ports: [{ port: 80 }], ...spec } });
const pod = (labels: Record<string, string>, status: PodStatus = { phase: 'Running' }, more: { name?: string; namespace?: string; ending?: boolean; ports?: string[] } = {}): Pod => ({
  metadata: { name: more.name ?? 'web-1', namespace: more.namespace ?? 'default', labels, ...(more.ending && { deletionTimestamp: '2026-01-01T00:00:00Z' }) },
  spec: { containers: [{ name: 'main', ports: (more.ports ?? []).map((name, index) => ({ name, containerPort: 8080 + index })) }] }, status,
} as Pod);
const slice = (conditions: EndpointConditions = { ready: true }, ports: string[] = ['']): EndpointSlice => ({
  metadata: { name: 'web-1', namespace: 'default' }, addressType: 'IPv4', endpoints: [{ addresses: ['10.244.0.2'], conditions }], ports: ports.map((name) => ({ name, port: 8080 })),
});
const ready: PodStatus = { phase: 'Running', conditions: [{ type: 'Ready', status: 'True' }] };
const waiting = (reason: string): PodStatus => ({ phase: 'Pending', containerStatuses: [{ name: 'main', ready: false, image: '', imageID: '', restartCount: 0, state: { waiting: { reason } } }] });
const two = [{ name: 'http', port: 80, targetPort: 'web' }, { name: 'metrics', port: 81, targetPort: 'metrcs' }];

describe('why nobody answers at a Service', () => {
  it.each<[string, Service, EndpointSlice[], Pod[], string | undefined]>([
    ['somebody does', service(), [slice()], [], undefined],
    ['somebody does who ends', service(), [slice({ ready: false, serving: true, terminating: true })], [], undefined],
    ['a name of elsewhere', service({ type: 'ExternalName', externalName: 'example.com', selector: { app: 'x' } }), [], [], undefined],
    ['no pods', service(), [], [], 'selector app=web matches no pod'],
    ['a slip of the keys', service({ selector: { app: 'wed' } }), [], [pod({ app: 'web' }), pod({ app: 'database' })], 'selector app=wed matches no pod (closest: app=web)'],
    ['another value', service({ selector: { app: 'shop' } }), [], [pod({ app: 'web' })], 'selector app=shop matches no pod (closest: app=web)'],
    ['another key', service({ selector: { ap: 'web' } }), [], [pod({ app: 'web' })], 'selector ap=web matches no pod (closest: app=web)'],
    ['one label of two', service({ selector: { app: 'web', tier: 'front' } }), [], [pod({ app: 'web', tier: 'back' }), pod({ app: 'db', tier: 'back' })], 'selector app=web,tier=front matches no pod (closest: app=web,tier=back)'],
    ['labels about something else', service(), [], [pod({ 'job-name': 'x' })], 'selector app=web matches no pod'],
    ['another namespace', service(), [], [pod({ app: 'web' }, ready, { namespace: 'shop' })], 'selector app=web matches no pod (but pods of namespace shop)'],
    ['a finished pod', service(), [], [pod({ app: 'web' }, { phase: 'Succeeded' })], 'selector app=web matches no pod that runs: web-1 is Succeeded'],
    ['an unready pod', service(), [slice({ ready: false })], [pod({ app: 'web' })], 'selector app=web matches one pod, which is not ready: web-1 runs, but is not ready'],
    ['one that crashes', service(), [], [pod({ app: 'web' }, waiting('CrashLoopBackOff'))], 'selector app=web matches one pod, which is not ready: web-1 is in CrashLoopBackOff'],
    ['one that fits nowhere', service(), [], [pod({ app: 'web' }, { phase: 'Pending', conditions: [{ type: 'PodScheduled', status: 'False', reason: 'Unschedulable' }] })], 'selector app=web matches one pod, which is not ready: web-1 is not on a node (Unschedulable)'],
    ['two', service(), [], [pod({ app: 'web' }, waiting('ErrImagePull')), pod({ app: 'web' }, ready, { name: 'web-2', ending: true })], 'selector app=web matches 2 pods, none of them ready: web-1 is in ErrImagePull, web-2 is ending'],
    ['many', service(), [], ['a', 'b', 'c'].map((name) => pod({ app: 'web' }, { phase: 'Pending' }, { name })), 'selector app=web matches 3 pods, none of them ready: a is Pending and so on'],
    ['no selector', service({ selector: undefined as never }), [], [], 'it has no selector, and no EndpointSlice gives it addresses'],
  ])('%s', (_, object, slices, pods, expected) => expect(whyUnready(object, { slices, pods: () => pods })).toBe(expected && `no ready endpoints: ${expected}`));

  it.each<[string, Service, EndpointSlice[], Pod[], string | undefined]>([
    ['both are served', service({ ports: two }), [slice({ ready: true }, ['http', 'metrics'])], [], undefined],
    ['a name that pods do not have', service({ ports: two }), [slice({ ready: true }, ['http'])], [pod({ app: 'web' }, ready, { ports: ['web', 'metrics'] })], 'port metrics: pod web-1 has no TCP port named metrcs (closest: metrics)'],
    ['without a selector', service({ ports: two, selector: undefined as never }), [slice({ ready: true }, ['http'])], [], 'port metrics: no EndpointSlice has a port of that name'],
    ['headless, by hand', service({ ports: two, selector: undefined as never, clusterIP: 'None' }), [slice({ ready: true }, [])], [], undefined],
    ['headless without ports', service({ ports: undefined as never, clusterIP: 'None' }), [slice({ ready: true }, [])], [pod({ app: 'web' }, ready)], undefined],
  ])('at one port: %s', (_, object, slices, pods, expected) => expect(whyUnready(object, { slices, pods: () => pods })).toBe(expected && `no ready endpoints for ${expected}`));
});
