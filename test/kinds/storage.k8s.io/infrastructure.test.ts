import { ipAddress } from '../../../src/kinds/networking.k8s.io/ipaddress/kind';
import { serviceCIDR } from '../../../src/kinds/networking.k8s.io/servicecidr/kind';
import { runtimeClass } from '../../../src/kinds/node.k8s.io/runtimeclass/kind';
import { csiDriver } from '../../../src/kinds/storage.k8s.io/csidriver/kind';
import { csiNode } from '../../../src/kinds/storage.k8s.io/csinode/kind';
import { csiStorageCapacity } from '../../../src/kinds/storage.k8s.io/csistoragecapacity/kind';
import { volumeAttachment } from '../../../src/kinds/storage.k8s.io/volumeattachment/kind';
import type { Kind } from '../../../src/kinds/kind';
import { createErrors, defaulted, updateErrors } from '../create';
import { row, titles } from '../row';

test.each<[Kind, object, string[]]>([
  [runtimeClass, { handler: 'runsc' }, []],
  [runtimeClass, { handler: 'a.b' }, ['handler: Invalid value: "a.b": must not contain dots']],
  [csiDriver, { spec: {} }, []],
  [csiDriver, { spec: { fsGroupPolicy: 'X', tokenRequests: [{ audience: 'a' }, { audience: 'a' }], volumeLifecycleModes: ['Y'] } }, [
    'spec.fsGroupPolicy: Unsupported value: "X": supported values: "File", "None", "ReadWriteOnceWithFSType"', 'spec.tokenRequests[1].audience: Duplicate value: "a"',
    'spec.volumeLifecycleModes: Unsupported value: "Y": supported values: "Ephemeral", "Persistent"',
  ]],
  [csiNode, { spec: { drivers: [{ name: 'd', nodeID: 'n' }, { name: 'd' }] } }, ['spec.drivers[1].nodeID: Required value', 'spec.drivers[1].name: Duplicate value: "d"']],
  [csiStorageCapacity, { storageClassName: 'a', capacity: '-1' }, ['capacity: Invalid value: "-1": must be greater than or equal to 0']],
  [volumeAttachment, { spec: { attacher: 'd', nodeName: 'n', source: { persistentVolumeName: 'v' } } }, []],
  [volumeAttachment, { spec: { nodeName: 'n' } }, ['spec.attacher: Required value', 'spec.source: Required value: must specify exactly one of inlineVolumeSpec and persistentVolumeName']],
  [ipAddress, { metadata: { name: '10.96.0.1' }, spec: { parentRef: { resource: 'services', name: 'a' } } }, []],
  [ipAddress, { metadata: { name: '2001:DB8::1' }, spec: {} }, ['metadata.name: Invalid value: "2001:DB8::1": not a valid ip in canonical format', 'spec.parentRef: Required value']],
  [serviceCIDR, { spec: { cidrs: ['10.0.0.0/24'] } }, []],
  [serviceCIDR, { spec: { cidrs: ['10.0.0.0/24', '10.1.0.0/24'] } }, ['spec.cidrs: Invalid value: []string{"10.0.0.0/24", "10.1.0.0/24"}: may specify no more than one IP for each IP family, i.e 192.168.0.0/24 and 2001:db8::/64']],
])('%p with %p', (kind, object, expected) => expect(createErrors(kind, { ...object })).toEqual(expected));

test('defaults of a driver', () => expect(defaulted(csiDriver, { spec: {} }).spec).toEqual({
  attachRequired: true, podInfoOnMount: false, storageCapacity: false, fsGroupPolicy: 'ReadWriteOnceWithFSType', volumeLifecycleModes: ['Persistent'], requiresRepublish: false, seLinuxMount: false,
}));

test('what stays', () => {
  expect(updateErrors(runtimeClass, { handler: 'a' }, { handler: 'b' })).toEqual(['handler: Invalid value: "b": field is immutable']);
  expect(updateErrors(csiDriver, { spec: {} }, { spec: { attachRequired: false } })).toEqual(['spec.attachedRequired: Invalid value: false: field is immutable']);
  expect(updateErrors(csiNode, { spec: { drivers: [{ name: 'd', nodeID: 'n' }] } }, { spec: { drivers: [{ name: 'd', nodeID: 'm' }] } })[0]).toMatch(/^CSINodeDriver: Invalid value: .*: field is immutable$/);
});

test.each([
  [runtimeClass, 'Handler, Age', { handler: 'runsc' }, 'runsc 60m'],
  [csiDriver, 'AttachRequired, PodInfoOnMount, StorageCapacity, TokenRequests, RequiresRepublish, Modes, Age', { spec: { volumeLifecycleModes: ['Persistent'] } }, 'true false false <unset> false Persistent 60m'],
  [csiNode, 'Drivers, Age', { spec: { drivers: null } }, '0 60m'],
  [csiStorageCapacity, 'StorageClassName, Capacity', { storageClassName: 'fast', capacity: '1024Mi' }, 'fast 1Gi'],
  [volumeAttachment, 'Attacher, PV, Node, Attached, Age', { spec: { attacher: 'd', nodeName: 'n', source: { persistentVolumeName: 'v' } }, status: { attached: true } }, 'd v n true 60m'],
  [ipAddress, 'ParentRef', { spec: { parentRef: { resource: 'services', namespace: 'default', name: 'web' } } }, 'services/default/web'],
  [serviceCIDR, 'CIDRs, Age', { spec: { cidrs: ['a', 'b'] } }, 'a,b 60m'],
] as const)('columns of %p', (kind, expected, object, cells) => {
  expect(titles(kind)).toBe(expected);
  expect(row(kind, object)).toBe(cells);
});
