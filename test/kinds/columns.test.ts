import type { Kind } from '../../src/kinds/kind';
import { kindOf, row } from './row';

test.each<[string, string]>([
  ['Namespace', 'Status Age'],
  ['Node', 'Status Roles Age Version Internal-IP External-IP OS-Image Kernel-Version Container-Runtime'],
  ['Pod', 'Ready Status Restarts Age IP Node Nominated Node Readiness Gates'],
  ['Service', 'Type Cluster-IP External-IP Port(s) Age Selector'],
  ['Endpoints', 'Endpoints Age'],
  ['ConfigMap', 'Data Age'],
  ['Secret', 'Type Data Age'],
  ['ServiceAccount', 'Secrets Age'],
  ['Event', 'Last Seen Type Reason Object Subobject Source Message First Seen Count Name'],
  ['PersistentVolumeClaim', 'Status Volume Capacity Access Modes StorageClass VolumeAttributesClass Age VolumeMode'],
])('columns of %s', (name, titles) => expect(kindOf(name).columns.map((column) => column.name).join(' ')).toBe(titles));

test.each<[string, string]>([
  ['Deployment', 'Ready Up-to-date Available Age Containers Images Selector'],
  ['ReplicaSet', 'Desired Current Ready Age Containers Images Selector'],
])('columns of %s', (name, titles) => expect(kindOf(name, 'apps').columns.map((column) => column.name).join(' ')).toBe(titles));

const pod = kindOf('Pod');
const containers = [{ name: 'a' }, { name: 'b' }];
const running = (name: string, more: object = {}) => ({ name, ready: true, restartCount: 0, state: { running: {} }, ...more });
const waiting = (name: string, reason: string, more: object = {}) => ({ name, ready: false, restartCount: 0, state: { waiting: { reason } }, ...more });
const ended = (name: string, exitCode: number, more: object = {}) => ({ name, ready: false, restartCount: 0, state: { terminated: { exitCode, ...more } } });
const ready = [{ type: 'Ready', status: 'True' }];
const initialized = [{ type: 'Initialized', status: 'True' }];

test.each<[string, object, object, string]>([
  ['running', { containers }, { phase: 'Running', containerStatuses: [running('a'), running('b')] }, '2/2 Running 0 60m'],
  ['not scheduled yet', { containers }, { phase: 'Pending' }, '0/2 Pending 0 60m'],
  ['gated', { containers }, { phase: 'Pending', conditions: [{ type: 'PodScheduled', status: 'False', reason: 'SchedulingGated' }] }, '0/2 SchedulingGated 0 60m'],
  ['evicted', { containers }, { phase: 'Failed', reason: 'Evicted' }, '0/2 Evicted 0 60m'],
  ['being made', { containers }, { phase: 'Pending', containerStatuses: [waiting('a', 'ContainerCreating'), waiting('b', 'ContainerCreating')] }, '0/2 ContainerCreating 0 60m'],
  ['crashing', { containers }, { phase: 'Running', containerStatuses: [running('a'), waiting('b', 'CrashLoopBackOff', { restartCount: 3, lastState: { terminated: { exitCode: 1, finishedAt: '2026-01-31T11:55:00Z' } } })] }, '1/2 CrashLoopBackOff 3 (5m ago) 60m'],
  ['restarted by nobody knows when', { containers }, { phase: 'Running', containerStatuses: [running('a', { restartCount: 2 })] }, '1/2 Running 2 60m'],
  ['the first container tells', { containers }, { phase: 'Pending', containerStatuses: [waiting('a', 'ErrImagePull'), waiting('b', 'ContainerCreating')] }, '0/2 ErrImagePull 0 60m'],
  ['completed', { containers }, { phase: 'Succeeded', containerStatuses: [ended('a', 0, { reason: 'Completed' })] }, '0/2 Completed 0 60m'],
  ['failed', { containers }, { phase: 'Failed', containerStatuses: [ended('a', 1, { reason: 'Error' })] }, '0/2 Error 0 60m'],
  ['exit code', { containers }, { phase: 'Failed', containerStatuses: [ended('a', 3)] }, '0/2 ExitCode:3 0 60m'],
  ['signal', { containers }, { phase: 'Failed', containerStatuses: [ended('a', 137, { signal: 9 })] }, '0/2 Signal:9 0 60m'],
  ['one done, one running', { containers }, { phase: 'Running', conditions: ready, containerStatuses: [ended('a', 0, { reason: 'Completed' }), running('b')] }, '1/2 Running 0 60m'],
  ['one done, pod not ready', { containers }, { phase: 'Running', containerStatuses: [ended('a', 0, { reason: 'Completed' }), running('b')] }, '1/2 NotReady 0 60m'],
  ['initializing', { containers, initContainers: [{ name: 'i' }, { name: 'j' }] }, { phase: 'Pending', initContainerStatuses: [ended('i', 0), waiting('j', 'PodInitializing')], containerStatuses: [waiting('a', 'PodInitializing')] }, '0/2 Init:1/2 0 60m'],
  ['init failed', { containers, initContainers: [{ name: 'i' }] }, { phase: 'Pending', initContainerStatuses: [{ ...ended('i', 1, { reason: 'Error' }), restartCount: 2 }] }, '0/2 Init:Error 2 60m'],
  ['init exit code', { containers, initContainers: [{ name: 'i' }] }, { phase: 'Pending', initContainerStatuses: [ended('i', 4)] }, '0/2 Init:ExitCode:4 0 60m'],
  ['init crash loop', { containers, initContainers: [{ name: 'i' }] }, { phase: 'Pending', initContainerStatuses: [waiting('i', 'CrashLoopBackOff')] }, '0/2 Init:CrashLoopBackOff 0 60m'],
  ['sidecar', { containers, initContainers: [{ name: 'i', restartPolicy: 'Always' }] }, { phase: 'Running', conditions: initialized, initContainerStatuses: [running('i', { started: true, restartCount: 1 })], containerStatuses: [running('a'), running('b', { restartCount: 1 })] }, '3/3 Running 2 60m'],
  ['sidecar not started', { containers, initContainers: [{ name: 'i', restartPolicy: 'Always' }] }, { phase: 'Pending', initContainerStatuses: [{ ...running('i'), ready: false, started: false }] }, '0/3 Init:0/1 0 60m'],
])('pod: %s', (_, spec, status, expected) => expect(row(pod, { spec, status }).split(' | ')[0]).toBe(expected));

test.each<[string, object, string]>([
  ['terminating', { phase: 'Running', containerStatuses: [running('a')] }, '1/2 Terminating 0 60m'],
  ['ended before it was deleted', { phase: 'Succeeded', containerStatuses: [ended('a', 0, { reason: 'Completed' })] }, '0/2 Completed 0 60m'],
  ['on a lost node', { phase: 'Running', reason: 'NodeLost' }, '0/2 Unknown 0 60m'],
])('deleted pod: %s', (_, status, expected) => {
  expect(row(pod, { metadata: { deletionTimestamp: '2026-01-31T11:59:00Z' }, spec: { containers }, status }).split(' | ')[0]).toBe(expected);
});

const service = kindOf('Service');
const ports = [{ port: 80, protocol: 'TCP' }, { port: 53, nodePort: 30053, protocol: 'UDP' }];
const endpointsOf = (count: number) => ({ subsets: [{ addresses: Array.from({ length: count }, (_, i) => ({ ip: `10.0.0.${i + 1}` })), ports: [{ port: 80 }] }] });

test.each<[string, Kind, object, string]>([
  ['pod placement', pod, { spec: { containers: [], nodeName: 'n', readinessGates: [{ conditionType: 'x' }] }, status: { podIPs: [{ ip: '1.2.3.4' }], nominatedNodeName: 'm', conditions: [{ type: 'x', status: 'True' }] } }, '0/0  0 60m | 1.2.3.4 n m 1/1'],
  ['cluster ip', service, { spec: { type: 'ClusterIP', clusterIPs: ['10.96.0.1'], ports, selector: { b: '2', a: '1' } } }, 'ClusterIP 10.96.0.1 <none> 80/TCP,53:30053/UDP 60m | a=1,b=2'],
  ['headless', service, { spec: { type: 'ClusterIP', clusterIPs: ['None'] } }, 'ClusterIP None <none> <none> 60m | <none>'],
  ['balancer pending', service, { spec: { type: 'LoadBalancer', clusterIPs: ['10.96.0.1'], ports } }, 'LoadBalancer 10.96.0.1 <pending> 80/TCP,53:30053/UDP 60m | <none>'],
  ['balanced', service, { spec: { type: 'LoadBalancer', clusterIPs: ['10.96.0.1'], externalIPs: ['9.9.9.9'] }, status: { loadBalancer: { ingress: [{ ip: '2.2.2.2' }, { hostname: 'a.b' }] } } }, 'LoadBalancer 10.96.0.1 2.2.2.2,a.b,9.9.9.9 <none> 60m | <none>'],
  ['external name', service, { spec: { type: 'ExternalName', externalName: 'example.com' } }, 'ExternalName <none> example.com <none> 60m | <none>'],
  ['no endpoints', kindOf('Endpoints'), {}, '<none> 60m'],
  ['three endpoints', kindOf('Endpoints'), endpointsOf(3), '10.0.0.1:80,10.0.0.2:80,10.0.0.3:80 60m'],
  ['four endpoints', kindOf('Endpoints'), endpointsOf(4), '10.0.0.1:80,10.0.0.2:80,10.0.0.3:80 + 1 more... 60m'],
  ['config', kindOf('ConfigMap'), { data: { a: '1' }, binaryData: { b: '' } }, '2 60m'],
  ['secret', kindOf('Secret'), { type: 'Opaque', data: { a: '' } }, 'Opaque 1 60m'],
  ['account', kindOf('ServiceAccount'), {}, '0 60m'],
  ['namespace', kindOf('Namespace'), { status: { phase: 'Active' } }, 'Active 60m'],
  ['node', kindOf('Node'), { metadata: { labels: { 'node-role.kubernetes.io/b': '', 'kubernetes.io/role': 'a' } }, spec: { unschedulable: true }, status: { conditions: [{ type: 'Ready', status: 'False' }], nodeInfo: { kubeletVersion: 'v1' }, addresses: [{ type: 'InternalIP', address: '1.1.1.1' }] } }, 'NotReady,SchedulingDisabled a,b 60m v1 | 1.1.1.1 <none> <unknown> <unknown> <unknown>'],
  ['claim', kindOf('PersistentVolumeClaim'), { spec: { volumeName: 'v', storageClassName: 's', volumeMode: 'Block' }, status: { phase: 'Bound', capacity: { storage: '1Gi' }, accessModes: ['ReadOnlyMany', 'ReadWriteOnce'] } }, 'Bound v 1Gi RWO,ROX s <unset> 60m | Block'],
  ['claim waiting', kindOf('PersistentVolumeClaim'), { spec: {}, status: { phase: 'Pending' } }, 'Pending     <unset> 60m | <unset>'],
  ['slice', kindOf('EndpointSlice', 'discovery.k8s.io'), { addressType: 'IPv4', ports: [{ port: 80 }, { name: 'x' }, {}], endpoints: [{ addresses: ['1.1.1.1'] }] }, 'IPv4 80,x,* 1.1.1.1 60m'],
  ['empty slice', kindOf('EndpointSlice', 'discovery.k8s.io'), { addressType: 'IPv4', endpoints: [] }, 'IPv4 <unset> <unset> 60m'],
  ['deployment', kindOf('Deployment', 'apps'), { spec: { replicas: 3, selector: { matchLabels: { a: '1' } }, template: { spec: { containers: [{ name: 'x', image: 'i' }, { name: 'y', image: 'j' }] } } }, status: { readyReplicas: 2, updatedReplicas: 1, availableReplicas: 2 } }, '2/3 1 2 60m | x,y i,j a=1'],
  ['replica set', kindOf('ReplicaSet', 'apps'), { spec: { replicas: 3, selector: {}, template: { spec: { containers: [] } } }, status: { replicas: 2 } }, '3 2 0 60m |   <none>'],
  ['lease', kindOf('Lease', 'coordination.k8s.io'), { spec: { holderIdentity: 'me' } }, 'me 60m'],
  ['event', kindOf('Event'), { involvedObject: { kind: 'Pod', name: 'p' }, type: 'Normal', reason: 'R', message: ' m ', firstTimestamp: '2026-01-31T11:00:00Z', lastTimestamp: '2026-01-31T11:59:00Z', count: 2, source: { component: 'c', host: 'h' } }, '60s Normal R pod/p m |  c, h 60m 2 a'],
  ['newer event', kindOf('Event', 'events.k8s.io'), { regarding: { kind: 'Pod', name: 'p' }, type: 'Normal', reason: 'R', note: 'n', eventTime: '2026-01-31T11:00:00.000000Z', reportingController: 'c' }, '60m Normal R pod/p n |  c 60m 1 a'],
])('%s', (_, kind, object, expected) => expect(row(kind, object)).toBe(expected));
