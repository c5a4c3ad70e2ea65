import type { LimitRange, LimitRangeItem, PersistentVolumeClaim, Pod } from '../../../../src/api/generated/core.v1';
import { applyLimitDefaults } from '../../../../src/kinds/core/limitrange/apply';
import { claimLimitProblems, podLimitProblems } from '../../../../src/kinds/core/limitrange/limits';

type Amounts = Record<string, string>;

const rangeOf = (...limits: Partial<LimitRangeItem>[]): LimitRange => ({ metadata: { name: 'l' }, spec: { limits: limits as LimitRangeItem[] } });
const podOf = (...containers: { requests?: Amounts; limits?: Amounts }[]): Pod =>
  ({ metadata: { name: 'p' }, spec: { containers: containers.map((resources, i) => ({ name: `c${i}`, resources })) } });
const problems = (item: Partial<LimitRangeItem>, ...containers: Parameters<typeof podOf>) => podLimitProblems(rangeOf(item), podOf(...containers));

it('finds nothing when all is well', () => {
  const item = { type: 'Container', min: { cpu: '100m' }, max: { cpu: '2' }, maxLimitRequestRatio: { cpu: '4' } };
  expect(problems(item, { requests: { cpu: '500m' }, limits: { cpu: '2000m' } })).toEqual([]);
});

it.each<[Partial<LimitRangeItem>, { requests?: Amounts; limits?: Amounts }, string]>([
  [{ min: { cpu: '100m' } }, {}, 'minimum cpu usage per Container is 100m.  No request is specified'],
  [{ min: { cpu: '100m' } }, { requests: { cpu: '50m' } }, 'minimum cpu usage per Container is 100m, but request is 50m'],
  [{ min: { memory: '1Gi' } }, { requests: { memory: '2Gi' }, limits: { memory: '1000Mi' } }, 'minimum memory usage per Container is 1Gi, but limit is 1000Mi'],
  [{ max: { cpu: '1' } }, { requests: { cpu: '1' } }, 'maximum cpu usage per Container is 1.  No limit is specified'],
  [{ max: { cpu: '1' } }, { limits: { cpu: '1500m' } }, 'maximum cpu usage per Container is 1, but limit is 1500m'],
  [{ max: { cpu: '1' } }, { requests: { cpu: '2' }, limits: { cpu: '1' } }, 'maximum cpu usage per Container is 1, but request is 2'],
  [{ maxLimitRequestRatio: { cpu: '2' } }, { limits: { cpu: '1' } }, 'cpu max limit to request ratio per Container is 2, but no request is specified or request is 0'],
  [{ maxLimitRequestRatio: { cpu: '2' } }, { requests: { cpu: '1' } }, 'cpu max limit to request ratio per Container is 2, but no limit is specified or limit is 0'],
  [{ maxLimitRequestRatio: { cpu: '1500m' } }, { requests: { cpu: '1' }, limits: { cpu: '2' } }, 'cpu max limit to request ratio per Container is 1500m, but provided ratio is 2.000000'],
])('refuses a container: %j %j', (item, container, expected) => {
  expect(problems({ type: 'Container', ...item }, container)).toEqual([expected]);
});

it('names every container that breaks a rule, init containers last, and every rule', () => {
  const pod = podOf({ requests: { cpu: '1m' } });
  pod.spec.initContainers = [{ name: 'i', resources: { requests: { cpu: '2m' } } }];
  expect(podLimitProblems(rangeOf({ type: 'Container', min: { cpu: '5m', memory: '1Mi' } }), pod)).toEqual([
    'minimum cpu usage per Container is 5m, but request is 1m', 'minimum memory usage per Container is 1Mi.  No request is specified',
    'minimum cpu usage per Container is 5m, but request is 2m', 'minimum memory usage per Container is 1Mi.  No request is specified',
  ]);
});

it('measures a pod by the sum of its containers, or by the largest of its init containers', () => {
  expect(problems({ type: 'Pod', max: { cpu: '1' } }, { limits: { cpu: '600m' } }, { limits: { cpu: '600m' } }))
    .toEqual(['maximum cpu usage per Pod is 1, but limit is 1200m']);
  const pod = podOf({ requests: { cpu: '1' } });
  pod.spec.initContainers = [{ name: 'i', resources: { requests: { cpu: '3' } } }];
  pod.spec.overhead = { cpu: '9' };
  expect(podLimitProblems(rangeOf({ type: 'Pod', min: { cpu: '4' } }), pod)).toEqual(['minimum cpu usage per Pod is 4, but request is 3']);
});

it('measures claims by what they ask for', () => {
  const claim = (storage: string) => ({ metadata: { name: 'c' }, spec: { resources: { requests: { storage } } } }) as unknown as PersistentVolumeClaim;
  const range = rangeOf({ type: 'PersistentVolumeClaim', min: { storage: '1Gi' }, max: { storage: '2Gi' } });
  expect(claimLimitProblems(range, claim('1Gi'))).toEqual([]);
  expect(claimLimitProblems(range, claim('3Gi'))).toEqual(['maximum storage usage per PersistentVolumeClaim is 2Gi, but request is 3Gi']);
  expect(claimLimitProblems(range, claim('1Mi'))).toEqual(['minimum storage usage per PersistentVolumeClaim is 1Gi, but request is 1Mi']);
  expect(podLimitProblems(range, podOf({}))).toEqual([]);
});

it('gives containers the defaults that they lack and says so', () => {
  const pod = podOf({ limits: { cpu: '2' } });
  pod.spec.initContainers = [{ name: 'i' }];
  applyLimitDefaults(rangeOf({ type: 'Container', default: { cpu: '500m', memory: '1Gi' }, defaultRequest: { cpu: '0.1', memory: '512Mi' } }), pod);
  expect(pod.spec.containers[0]!.resources).toEqual({ limits: { cpu: '2', memory: '1Gi' }, requests: { cpu: '100m', memory: '512Mi' } });
  expect(pod.spec.initContainers[0]!.resources).toEqual({ limits: { cpu: '500m', memory: '1Gi' }, requests: { cpu: '100m', memory: '512Mi' } });
  expect(pod.metadata.annotations).toEqual({
    'kubernetes.io/limit-ranger': 'LimitRanger plugin set: cpu, memory request for container c0; memory limit for container c0; '
      + 'cpu, memory request for init container i; cpu, memory limit for init container i',
  });
});

it('leaves a pod alone that lacks nothing', () => {
  const pod = podOf({ requests: { cpu: '1' } });
  applyLimitDefaults(rangeOf({ type: 'Container', defaultRequest: { cpu: '2' } }), pod);
  expect(pod).toEqual(podOf({ requests: { cpu: '1' } }));
});
