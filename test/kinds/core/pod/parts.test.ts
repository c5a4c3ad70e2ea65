import type { Container, Pod, PodSpec } from '../../../../src/api/generated/core.v1';
import { pod as podKind } from '../../../../src/kinds/core/pod/kind';
import type { ObjectPart } from '../../../../src/kinds/kind';
import { defaulted, texts } from '../../create';

type Status = Pod['status'];

/** What the subresource makes of a change: the errors, or the spec. */
function written(part: ObjectPart, old: Partial<PodSpec>, now: Partial<PodSpec>, { status, annotations }: { status?: Status; annotations?: Record<string, string> } = {}) {
  const metadata = { ...(annotations && { annotations }) };
  const [before, after] = [old, now].map((spec) => defaulted(podKind, { metadata, spec, ...(status && { status }) }));
  const rules = podKind.strategy.parts![part]!;
  rules.prepareForUpdate(after!, before!);
  return { errors: texts(rules.validateUpdate(after!, before!)), spec: after!.spec, before: before!.spec };
}

const web: Container = { name: 'web', image: 'nginx' };
const resourced = (requests: object, limits: object, more: Partial<Container> = {}): Container =>
  ({ ...web, resources: { requests, limits } as NonNullable<Container['resources']>, ...more });

describe('ephemeral containers', () => {
  const debug = { name: 'debug', image: 'busybox' };
  const errors = (old: object[], now: object[], more = {}) =>
    written('ephemeralcontainers', { containers: [web], ephemeralContainers: old as never }, { containers: [web], ephemeralContainers: now as never }, more).errors;

  it('are all that changes', () => {
    const { errors: none, spec, before } = written('ephemeralcontainers', { containers: [web] }, { containers: [{ ...web, image: 'other' }], hostPID: true, ephemeralContainers: [debug] });
    expect(none).toEqual([]);
    expect(spec).toEqual({ ...before, ephemeralContainers: [expect.objectContaining(debug)] });
  });

  it('come and stay', () => {
    expect(errors([debug], [{ name: 'other', image: 'x' }, debug])).toEqual([]);
    expect(errors([debug], [])).toEqual(['spec.ephemeralContainers: Forbidden: existing ephemeral containers "debug" may not be removed\n']);
    expect(errors([debug], [{ ...debug, image: 'other', imagePullPolicy: 'Always' }]))
      .toEqual(['spec.ephemeralContainers: Forbidden: existing ephemeral containers "debug" may not be changed\n-\timage: "busybox"\n+\timage: "other"\n']);
    expect(errors([], [{ ...debug, targetContainerName: 'who' }])).toEqual(['spec.ephemeralContainers[0].targetContainerName: Not found: "who"']);
  });

  it('are not for static pods, and not for new ones', () => {
    expect(errors([], [debug], { annotations: { 'kubernetes.io/config.mirror': 'x' } })).toEqual([': Forbidden: static pods do not support ephemeral containers']);
    const fresh = defaulted(podKind, { spec: { containers: [web], ephemeralContainers: [debug] } });
    expect(texts(podKind.strategy.validate!(fresh))).toEqual(['spec.ephemeralContainers: Forbidden: cannot be set on create']);
  });
});

describe('a resize', () => {
  const old = resourced({ cpu: '100m', memory: '64Mi' }, { cpu: '1', memory: '128Mi' });
  const change = (now: Container | PodSpec, more: { before?: PodSpec; status?: Status; annotations?: Record<string, string> } = {}) =>
    written('resize', more.before ?? { containers: [old] }, 'containers' in now ? now : { containers: [now] }, more);

  it('changes amounts and how they may be changed, and nothing else', () => {
    const resizePolicy = [{ resourceName: 'memory', restartPolicy: 'RestartContainer' }];
    const { errors, spec } = change({ containers: [{ ...resourced({ cpu: '200m', memory: '32Mi' }, { cpu: '2', memory: '64Mi' }), resizePolicy, image: 'other' }], hostPID: true });
    expect(errors).toEqual(['spec: Forbidden: only cpu and memory resources are mutable']);
    expect(spec).toMatchObject({ containers: [{ image: 'nginx', resizePolicy, resources: { requests: { cpu: '200m', memory: '32Mi' }, limits: { cpu: '2', memory: '64Mi' } } }] });
    expect(spec.hostPID).toBeUndefined();
  });

  const running = (resources?: object): Status => ({ qosClass: 'Burstable', containerStatuses: [{ name: 'web', state: { running: {} }, ...(resources && { resources }) }] }) as Status;

  it.each<[string, ReturnType<typeof change>, string[]]>([
    ['more of all', change(resourced({ cpu: '200m', memory: '65Mi' }, { cpu: '2', memory: '1Gi' })), []],
    ['less memory to ask for', change(resourced({ cpu: '100m', memory: '1Mi' }, { cpu: '1', memory: '128Mi' })), []],
    ['less memory to use', change(resourced({ cpu: '100m', memory: '64Mi' }, { cpu: '1', memory: '64Mi' })), ['spec.containers[0].resources.limits[memory]: Forbidden: memory limits cannot be decreased unless resizePolicy is RestartContainer']],
    ['a limit of memory', change(resourced({ cpu: '1' }, { memory: '1Gi' }), { before: { containers: [resourced({ cpu: '1' }, {})] } }), ['spec.containers[0].resources.limits[memory]: Forbidden: memory limits cannot be added unless resizePolicy is RestartContainer']],
    ['no request, which then is the limit', change(resourced({ cpu: '100m' }, { cpu: '1', memory: '128Mi' }), { status: { qosClass: 'Burstable' } }), []],
    ['no limit', change(resourced({ cpu: '100m', memory: '64Mi' }, { cpu: '1' })), ['spec.containers[0].resources.limits: Forbidden: resource limits cannot be removed']],
    ['another quality of service', change(resourced({ cpu: '1', memory: '128Mi' }, { cpu: '1', memory: '128Mi' })), ['spec: Invalid value: "Burstable": Pod QOS Class may not change as a result of resizing']],
    ['another resource', change(resourced({ cpu: '100m', memory: '64Mi', 'ephemeral-storage': '1Gi' }, { cpu: '1', memory: '128Mi' })), ['spec: Forbidden: only cpu and memory resources are mutable']],
    ['other containers', change({ containers: [old, { name: 'b', image: 'x' }] }), ['spec.containers: Forbidden: containers may not be added or removed on resize']],
    ['another name', change({ ...old, name: 'other' }), ['spec.containers[0].name: Forbidden: containers may not be renamed or reordered on resize']],
    ['a running container of a node that can', change(resourced({ cpu: '200m', memory: '64Mi' }, { cpu: '1', memory: '128Mi' }), { status: running({}) }), []],
    ['a running container of a node that cannot', change(resourced({ cpu: '200m', memory: '64Mi' }, { cpu: '1', memory: '128Mi' }), { status: running() }), ['spec: Forbidden: Pod running on node without support for resize']],
    ['a static pod', change(old, { annotations: { 'kubernetes.io/config.mirror': 'x' } }), [': Forbidden: static pods cannot be resized']],
    ['a Windows pod', change(old, { before: { containers: [old], os: { name: 'windows' } } }), [': Forbidden: windows pods cannot be resized']],
    ['an init container', change({ containers: [old], initContainers: [resourced({ cpu: '2' }, {}, { name: 'i' })] }, { before: { containers: [old], initContainers: [resourced({ cpu: '1' }, {}, { name: 'i' })] } }), ['spec: Forbidden: resources for non-sidecar init containers are immutable']],
    ['a sidecar', change({ containers: [old], initContainers: [resourced({ cpu: '2' }, {}, { name: 'i', restartPolicy: 'Always' })] }, { before: { containers: [old], initContainers: [resourced({ cpu: '1' }, {}, { name: 'i', restartPolicy: 'Always' })] } }), []],
  ])('to %s', (_, { errors }, expected) => expect(errors).toEqual(expected));
});
