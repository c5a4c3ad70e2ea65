import { limitRange } from '../../../src/kinds/core/limitrange/kind';
import { persistentVolume } from '../../../src/kinds/core/persistentvolume/kind';
import { resourceQuota } from '../../../src/kinds/core/resourcequota/kind';
import { storageClass } from '../../../src/kinds/storage.k8s.io/storageclass/kind';
import { created, createErrors, defaulted, nowMs, updateErrors } from '../create';
import { row, titles } from '../row';

const spec = { capacity: { storage: '1Gi' }, accessModes: ['ReadWriteOnce'], hostPath: { path: '/data' } };

describe('persistent volume', () => {
  test('defaults', () => expect(created(persistentVolume, { spec })).toMatchObject({
    spec: { persistentVolumeReclaimPolicy: 'Retain', volumeMode: 'Filesystem', hostPath: { type: '' } }, status: { phase: 'Pending', lastPhaseTransitionTime: '2026-01-31T12:00:00Z' },
  }));

  test('remembers when its phase changed', () => {
    const old = { ...defaulted(persistentVolume, { spec }), status: { phase: 'Pending' as const, lastPhaseTransitionTime: 'then' } };
    const next = { ...structuredClone(old), status: { phase: 'Available' as const, lastPhaseTransitionTime: 'then' } };
    persistentVolume.strategy.prepareForStatusUpdate!(next, old, { nowMs });
    expect(next.status.lastPhaseTransitionTime).toBe('2026-01-31T12:00:00Z');
  });

  test.each<[string, object, string[]]>([
    ['good', {}, []],
    ['nothing said', { capacity: null, accessModes: null, hostPath: null }, [
      'spec.accessModes: Required value', 'spec.capacity: Required value', 'spec.capacity: Unsupported value: {}: supported values: "storage"', 'spec: Required value: must specify a volume type',
    ]],
    ['two sources', { nfs: { server: 's', path: '/p' } }, ['spec.nfs: Forbidden: may not specify more than 1 volume type']],
    ['no space', { capacity: { storage: '0' } }, ['spec.capacity[storage]: Invalid value: "0": must be greater than zero']],
    ['local without a node', { hostPath: null, local: { path: '/mnt' } }, ['spec.nodeAffinity: Required value: Local volume requires node affinity']],
    ['driver without a handle', { hostPath: null, csi: { driver: 'd' } }, ['spec.csi.volumeHandle: Required value']],
    ['recycling everything', { hostPath: { path: '/' }, persistentVolumeReclaimPolicy: 'Recycle' }, ["spec.persistentVolumeReclaimPolicy: Forbidden: may not be 'recycle' for a hostPath mount of '/'"]],
    ['modes', { accessModes: ['ReadWriteOncePod', 'ReadWriteOnce'] }, ['spec.accessModes: Forbidden: may not use ReadWriteOncePod with other access modes']],
  ])('%s', (_, more, expected) => expect(createErrors(persistentVolume, { spec: { ...spec, ...more } })).toEqual(expected));

  test('the source stays', () => {
    expect(updateErrors(persistentVolume, { spec }, { spec: { ...spec, capacity: { storage: '2Gi' } } })).toEqual([]);
    expect(updateErrors(persistentVolume, { spec }, { spec: { ...spec, hostPath: { path: '/other' } } })).toEqual([
      'spec.persistentvolumesource: Forbidden: spec.persistentvolumesource is immutable after creation\n-\thostPath.path: "/data"\n+\thostPath.path: "/other"\n',
    ]);
  });
});

describe('storage class', () => {
  test('defaults', () => expect(defaulted(storageClass, { provisioner: 'p' })).toMatchObject({ reclaimPolicy: 'Delete', volumeBindingMode: 'Immediate' }));

  test.each<[string, object, string[]]>([
    ['good', { provisioner: 'a.b/c' }, []],
    ['no provisioner', {}, ['provisioner: Required value']],
    ['policies', { provisioner: 'p', reclaimPolicy: 'Recycle', volumeBindingMode: 'Later' }, ['reclaimPolicy: Unsupported value: "Recycle": supported values: "Delete", "Retain"', 'volumeBindingMode: Unsupported value: "Later": supported values: "Immediate", "WaitForFirstConsumer"']],
    ['topologies', { provisioner: 'p', allowedTopologies: [{ matchLabelExpressions: [{ key: 'a', values: [] }, { key: 'a', values: ['x', 'x'] }] }] }, [
      'allowedTopologies[0].matchLabelExpressions[0].values: Required value', 'allowedTopologies[0].matchLabelExpressions[1].key: Duplicate value: "a"', 'allowedTopologies[0].matchLabelExpressions[1].values[1]: Duplicate value: "x"',
    ]],
  ])('%s', (_, object, expected) => expect(createErrors(storageClass, { ...object })).toEqual(expected));

  test('what provisions it stays', () => expect(updateErrors(storageClass, { provisioner: 'p' }, { provisioner: 'q', parameters: { a: '1' } }))
    .toEqual(['parameters: Forbidden: updates to parameters are forbidden.', 'provisioner: Forbidden: updates to provisioner are forbidden.']));
});

describe('limit range', () => {
  const limits = (...items: object[]) => ({ spec: { limits: items } });

  test('containers default to the most they may have', () => expect(defaulted(limitRange, limits({ type: 'Container', max: { cpu: '2' }, min: { memory: '1Gi' } })).spec!.limits[0])
    .toMatchObject({ default: { cpu: '2' }, defaultRequest: { cpu: '2', memory: '1Gi' } }));

  test.each<[string, object[], string[]]>([
    ['good', [{ type: 'Container', max: { cpu: '2' }, min: { cpu: '1' } }], []],
    ['twice', [{ type: 'Pod' }, { type: 'Pod' }], ['spec.limits[1].type: Duplicate value: "Pod"']],
    ['unknown type', [{ type: 'X' }], ['spec.limits[0].type: Invalid value: "X": must be a standard limit type or fully qualified']],
    ['upside down', [{ type: 'Pod', max: { cpu: '1' }, min: { cpu: '2' } }], ['spec.limits[0].min[cpu]: Invalid value: "2": min value 2 is greater than max value 1']],
    ['defaults of pods', [{ type: 'Pod', default: { cpu: '1' } }], ["spec.limits[0].default: Forbidden: may not be specified when `type` is 'Pod'"]],
    ['claims without storage', [{ type: 'PersistentVolumeClaim' }], ['spec.limits[0].limits: Required value: either minimum or maximum storage value is required, but neither was provided']],
    ['ratio', [{ type: 'Pod', max: { cpu: '2' }, min: { cpu: '1' }, maxLimitRequestRatio: { cpu: '3' } }], ['spec.limits[0].maxLimitRequestRatio[cpu]: Invalid value: "3": ratio 3 is greater than max/min = 2.000000']],
  ])('%s', (_, items, expected) => expect(createErrors(limitRange, limits(...items))).toEqual(expected));
});

describe('resource quota', () => {
  test.each<[string, object, string[]]>([
    ['good', { hard: { pods: '10', 'requests.cpu': '4', 'count/deployments.apps': '3' }, scopes: ['NotTerminating'] }, []],
    ['unknown resource', { hard: { gpu: '1' } }, ['spec.hard[gpu]: Invalid value: "gpu": must be a standard resource type or fully qualified', 'spec.hard[gpu]: Invalid value: "gpu": must be a standard resource for quota']],
    ['half a pod', { hard: { pods: '500m' } }, ['spec.hard[pods]: Invalid value: "500m": must be an integer']],
    ['scopes', { hard: { services: '1' }, scopes: ['BestEffort', 'NotBestEffort'] }, [
      ...Array.from({ length: 2 }, () => 'spec.scopes: Invalid value: []core.ResourceQuotaScope{"BestEffort", "NotBestEffort"}: unsupported scope applied to resource'),
      'spec.scopes: Invalid value: []core.ResourceQuotaScope{"BestEffort", "NotBestEffort"}: conflicting scopes',
    ]],
    ['scope selector', { scopeSelector: { matchExpressions: [{ scopeName: 'PriorityClass', operator: 'In' }] } }, [
      "spec.scopeSelector.matchExpressions.values: Required value: must be at least one value when `operator` is 'In' or 'NotIn' for scope selector",
    ]],
  ])('%s', (_, more, expected) => expect(createErrors(resourceQuota, { spec: more })).toEqual(expected));

  test('scopes stay', () => expect(updateErrors(resourceQuota, { spec: { scopes: ['BestEffort'] } }, { spec: {} }))
    .toEqual(['spec.scopes: Invalid value: []core.ResourceQuotaScope(nil): field is immutable']));
});

test.each([
  [persistentVolume, 'Capacity, Access Modes, Reclaim Policy, Status, Claim, StorageClass, VolumeAttributesClass, Reason, Age | VolumeMode',
    { spec: { ...spec, persistentVolumeReclaimPolicy: 'Retain', claimRef: { namespace: 'n', name: 'c' }, storageClassName: 'fast' }, status: { phase: 'Bound' } }, '1Gi RWO Retain Bound n/c fast <unset>  60m | <unset>'],
  [storageClass, 'Name, Provisioner, ReclaimPolicy, VolumeBindingMode, AllowVolumeExpansion, Age', { metadata: { annotations: { 'storageclass.kubernetes.io/is-default-class': 'true' } }, provisioner: 'p' }, 'a (default) p Delete Immediate false 60m'],
  [limitRange, 'Created At', {}, '2026-01-31T11:00:00Z'],
  [resourceQuota, 'Request, Limit, Age', { status: { hard: { pods: '10', 'limits.cpu': '4', 'requests.cpu': '2' }, used: { pods: '1' } } }, 'pods: 1/10, requests.cpu: 0/2 limits.cpu: 0/4 60m'],
] as const)('columns of %p', (kind, expected, object, cells) => {
  expect(titles(kind)).toBe(expected);
  expect(row(kind, object)).toBe(cells);
});
