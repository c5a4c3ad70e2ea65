import type { Unstructured } from '../../../src/api/meta';

/** Objects that between them reach most lines of the descriptions. Their timestamps are years old: ages move once a day. */
export const at = '2020-03-01T10:00:00Z';
export const later = '2020-03-01T10:05:30Z';

export const meta = (name: string, more: object = {}) => ({ name, namespace: 'default', uid: `uid-${name}`, creationTimestamp: at, ...more });
export const owner = (kind: string, name: string) => ({ ownerReferences: [{ apiVersion: 'apps/v1', kind, name, uid: `uid-${name}`, controller: true }] });

const container = {
  name: 'web', image: 'nginx:1.27', imagePullPolicy: 'IfNotPresent', command: ['sh', '-c'], args: ['echo one\necho two', 'x'],
  ports: [{ containerPort: 80, protocol: 'TCP', name: 'http' }, { containerPort: 53, hostPort: 5353, protocol: 'UDP' }],
  resources: { limits: { cpu: '1', memory: '1Gi' }, requests: { cpu: '500m', memory: '512Mi' } },
  livenessProbe: { httpGet: { path: '/a b?c=1', port: 'http', scheme: 'HTTP' }, timeoutSeconds: 1, periodSeconds: 10, successThreshold: 1, failureThreshold: 3 },
  readinessProbe: { tcpSocket: { port: 80 }, initialDelaySeconds: 5, timeoutSeconds: 1, periodSeconds: 10, successThreshold: 1, failureThreshold: 3 },
  startupProbe: { exec: { command: ['cat', '/ok'] }, timeoutSeconds: 1, periodSeconds: 10, successThreshold: 1, failureThreshold: 3 },
  env: [
    { name: 'PLAIN', value: 'one\ntwo' }, { name: 'EMPTY' },
    { name: 'NAME', valueFrom: { fieldRef: { apiVersion: 'v1', fieldPath: 'metadata.name' } } },
    { name: 'IP', valueFrom: { fieldRef: { apiVersion: 'v1', fieldPath: 'status.podIP' } } },
    { name: 'APP', valueFrom: { fieldRef: { apiVersion: 'v1', fieldPath: "metadata.labels['app']" } } },
    { name: 'CPU', valueFrom: { resourceFieldRef: { resource: 'limits.cpu', divisor: '1m' } } },
    { name: 'STORAGE', valueFrom: { resourceFieldRef: { resource: 'limits.ephemeral-storage', divisor: '0' } } },
    { name: 'SECRET', valueFrom: { secretKeyRef: { name: 's', key: 'k' } } },
    { name: 'CONFIG', valueFrom: { configMapKeyRef: { name: 'c', key: 'k', optional: true } } },
  ],
  envFrom: [{ configMapRef: { name: 'c' } }, { prefix: 'P_', secretRef: { name: 's', optional: true } }],
  volumeMounts: [{ name: 'config', mountPath: '/z' }, { name: 'secret', mountPath: '/a', readOnly: true, subPath: 'x y' }],
  terminationMessagePath: '/dev/termination-log', terminationMessagePolicy: 'File',
};

const volumes = [
  { name: 'config', configMap: { name: 'c', defaultMode: 420 } }, { name: 'secret', secret: { secretName: 's', optional: true } },
  { name: 'empty', emptyDir: { medium: 'Memory', sizeLimit: '1Gi' } }, { name: 'scratch', emptyDir: {} },
  { name: 'host', hostPath: { path: '/var', type: '' } }, { name: 'claim', persistentVolumeClaim: { claimName: 'data' } },
  { name: 'nfs', nfs: { server: 's', path: '/p' } },
  { name: 'projected', projected: { sources: [
    { serviceAccountToken: { expirationSeconds: 3607, path: 'token' } }, { configMap: { name: 'kube-root-ca.crt' } }, { downwardAPI: { items: [] } }, { secret: { name: 's' } },
  ] } },
  { name: 'downward', downwardAPI: { items: [{ path: 'labels', fieldRef: { fieldPath: 'metadata.labels' } }, { path: 'cpu', resourceFieldRef: { resource: 'limits.cpu', containerName: 'web' } }] } },
  { name: 'csi', csi: { driver: 'd', volumeAttributes: { b: '2', a: '1' } } },
  { name: 'ephemeral', ephemeral: { volumeClaimTemplate: { metadata: { labels: { a: '1', b: '2' } }, spec: { accessModes: ['ReadWriteOnce'], storageClassName: 'fast', volumeMode: 'Filesystem', resources: { requests: { storage: '1Gi' } } } } } },
  { name: 'image', image: { reference: 'busybox:1', pullPolicy: 'Always' } },
  { name: 'rbd', rbd: { monitors: ['a', 'b'], image: 'i', pool: 'rbd', user: 'admin', keyring: '/k', secretRef: { name: 's' } } },
  { name: 'iscsi', iscsi: { targetPortal: '1.2.3.4:3260', iqn: 'iqn', lun: 1, iscsiInterface: 'default', portals: ['p'] } },
];

const spec = {
  containers: [container], volumes, restartPolicy: 'Always', dnsPolicy: 'ClusterFirst', serviceAccountName: 'robot', nodeName: 'node-1', priority: 5,
  priorityClassName: 'high', nodeSelector: { disk: 'ssd', arch: 'arm' }, securityContext: { seccompProfile: { type: 'RuntimeDefault' } },
  readinessGates: [{ conditionType: 'x/y' }],
  tolerations: [
    { key: 'node.kubernetes.io/not-ready', operator: 'Exists', effect: 'NoExecute', tolerationSeconds: 300 }, { operator: 'Exists' },
    { key: 'a', value: 'b', effect: 'NoSchedule' },
  ],
  topologySpreadConstraints: [
    { maxSkew: 1, topologyKey: 'zone', whenUnsatisfiable: 'DoNotSchedule', labelSelector: { matchLabels: { app: 'web' } } },
    { maxSkew: 2, topologyKey: 'host', whenUnsatisfiable: 'ScheduleAnyway' },
  ],
};

const fullPod = {
  apiVersion: 'v1', kind: 'Pod',
  metadata: meta('full', {
    labels: { app: 'web', tier: 'front' }, ...owner('ReplicaSet', 'web-1'),
    annotations: { short: 'yes', long: 'x'.repeat(200), lines: 'a\nb\n', 'kubectl.kubernetes.io/last-applied-configuration': '{}' },
  }),
  spec: {
    ...spec,
    initContainers: [{ name: 'first', image: 'busybox', resources: {} }, { name: 'side', image: 'busybox', restartPolicy: 'Always', resources: {} }],
    ephemeralContainers: [{ name: 'debug', image: 'busybox', resources: {} }],
  },
  status: {
    phase: 'Running', hostIP: '10.0.0.1', podIP: '10.1.0.1', podIPs: [{ ip: '10.1.0.1' }, { ip: 'fd00::1' }], startTime: at, qosClass: 'Burstable',
    nominatedNodeName: 'node-2', message: 'a message', reason: 'AReason',
    conditions: [{ type: 'Ready', status: 'True' }, { type: 'PodScheduled', status: 'True' }, { type: 'x/y', status: 'False' }],
    initContainerStatuses: [{ name: 'first', image: 'busybox', imageID: 'sha256:1', containerID: 'docker://1', ready: true, restartCount: 0, state: { terminated: { exitCode: 0, reason: 'Completed', startedAt: at, finishedAt: later } } }],
    containerStatuses: [{
      name: 'web', image: 'nginx:1.27', imageID: 'sha256:2', containerID: 'docker://2', ready: true, restartCount: 3, started: true,
      state: { running: { startedAt: later } }, lastState: { terminated: { exitCode: 137, signal: 9, reason: 'OOMKilled', message: 'killed', startedAt: at, finishedAt: later } },
    }],
    ephemeralContainerStatuses: [{ name: 'debug', image: 'busybox', imageID: '', ready: false, restartCount: 0, state: { waiting: { reason: 'ContainerCreating' } } }],
  },
};

const pendingPod = {
  apiVersion: 'v1', kind: 'Pod', metadata: meta('pending', { deletionTimestamp: at, deletionGracePeriodSeconds: 30 }),
  spec: { containers: [{ name: 'a', image: 'b', resources: {} }] }, status: { phase: 'Pending' },
};

export const template = { metadata: { labels: { app: 'web' }, annotations: { note: 'n' } }, spec };
const deployment = {
  apiVersion: 'apps/v1', kind: 'Deployment', metadata: meta('web', { labels: { app: 'web' }, annotations: { 'deployment.kubernetes.io/revision': '2' } }),
  spec: { replicas: 3, selector: { matchLabels: { app: 'web' } }, strategy: { type: 'RollingUpdate', rollingUpdate: { maxUnavailable: '25%', maxSurge: 1 } }, minReadySeconds: 2, template },
  status: { replicas: 3, updatedReplicas: 2, availableReplicas: 1, unavailableReplicas: 2, conditions: [{ type: 'Available', status: 'True', reason: 'MinimumReplicasAvailable' }, { type: 'Progressing', status: 'True', reason: 'NewReplicaSetAvailable' }] },
};

const replicaSet = (name: string, image: string, replicas: number) => ({
  apiVersion: 'apps/v1', kind: 'ReplicaSet', metadata: meta(name, { labels: { app: 'web', 'pod-template-hash': name }, ...owner('Deployment', 'web') }),
  spec: { replicas, selector: { matchLabels: { app: 'web' }, matchExpressions: [{ key: 'env', operator: 'NotIn', values: ['b', 'a'] }] },
    template: { metadata: { ...template.metadata, labels: { app: 'web', 'pod-template-hash': name } }, spec: { ...spec, containers: [{ ...container, image }] } } },
  status: { replicas, conditions: [{ type: 'ReplicaFailure', status: 'True', reason: 'FailedCreate' }] },
});

const service = {
  apiVersion: 'v1', kind: 'Service', metadata: meta('web', { labels: { app: 'web' } }),
  spec: {
    type: 'LoadBalancer', selector: { app: 'web', tier: 'front' }, clusterIP: '10.96.0.7', clusterIPs: ['10.96.0.7'], ipFamilies: ['IPv4'], ipFamilyPolicy: 'SingleStack',
    externalIPs: ['1.2.3.4'], loadBalancerIP: '5.6.7.8', sessionAffinity: 'None', externalTrafficPolicy: 'Local', internalTrafficPolicy: 'Cluster', healthCheckNodePort: 31000,
    loadBalancerSourceRanges: ['10.0.0.0/8'],
    ports: [{ name: 'http', port: 80, targetPort: 8080, nodePort: 30080, protocol: 'TCP' }, { name: 'dns', port: 53, targetPort: 'dns', protocol: 'UDP' }],
  },
  status: { loadBalancer: { ingress: [{ ip: '9.9.9.9', ipMode: 'VIP' }, { hostname: 'lb.example' }] } },
};

const slice = {
  apiVersion: 'discovery.k8s.io/v1', kind: 'EndpointSlice', metadata: meta('web-abc', { labels: { 'kubernetes.io/service-name': 'web' } }), addressType: 'IPv4',
  ports: [{ name: 'http', port: 8080, protocol: 'TCP' }, { name: '', protocol: 'UDP' }],
  endpoints: [
    ...[1, 2, 3, 4].map((n) => ({ addresses: [`10.1.0.${n}`], conditions: { ready: n !== 2 }, targetRef: { kind: 'Pod', name: `web-${n}` }, nodeName: 'node-1' })),
    { addresses: ['10.1.0.5'], conditions: {}, hostname: 'h', zone: 'z' },
  ],
};

const event = (name: string, about: { kind: string; name: string; uid?: string; namespace?: string }, more: object) => ({
  apiVersion: 'v1', kind: 'Event', metadata: meta(name, { namespace: about.namespace === '' ? 'default' : 'default' }),
  involvedObject: { namespace: 'default', uid: `uid-${about.name}`, ...about }, ...more,
});

export const fixtures = [
  fullPod, pendingPod, deployment, replicaSet('web-1', 'nginx:1.27', 2), replicaSet('web-0', 'nginx:1.26', 1), service, slice,
  { apiVersion: 'v1', kind: 'Service', metadata: meta('headless'), spec: { clusterIP: 'None', clusterIPs: ['None'], type: 'ClusterIP', sessionAffinity: 'None', ports: [{ port: 80, targetPort: 80, protocol: 'TCP' }] }, status: { loadBalancer: {} } },
  { apiVersion: 'v1', kind: 'Service', metadata: meta('outside'), spec: { type: 'ExternalName', externalName: 'example.com', sessionAffinity: 'None' }, status: { loadBalancer: {} } },
  { apiVersion: 'discovery.k8s.io/v1', kind: 'EndpointSlice', metadata: meta('bare'), addressType: 'IPv6', endpoints: [], ports: [] },
  { apiVersion: 'v1', kind: 'Endpoints', metadata: meta('web'), subsets: [
    { addresses: [{ ip: '10.1.0.1' }, { ip: '10.1.0.2' }], notReadyAddresses: [{ ip: '10.1.0.3' }], ports: [{ name: 'http', port: 80, protocol: 'TCP' }, { port: 53, protocol: 'UDP' }] }, { addresses: [{ ip: '10.2.0.1' }] },
  ] },
  { apiVersion: 'v1', kind: 'ConfigMap', metadata: meta('config'), data: { key: 'value\twith a tab\nsecond line\r' }, binaryData: { blob: 'AAEC' } },
  { apiVersion: 'v1', kind: 'ConfigMap', metadata: meta('empty') },
  { apiVersion: 'v1', kind: 'Secret', metadata: meta('secret'), type: 'Opaque', data: { password: 'aHVudGVyMg==' } },
  { apiVersion: 'v1', kind: 'Secret', metadata: meta('token', { annotations: { 'kubernetes.io/service-account.name': 'robot', 'kubernetes.io/service-account.uid': 'uid-robot' } }), type: 'kubernetes.io/service-account-token', data: { token: 'YWJj' } },
  { apiVersion: 'v1', kind: 'ServiceAccount', metadata: meta('robot'), secrets: [{ name: 'secret' }, { name: 'gone' }], imagePullSecrets: [{ name: 'pull' }] },
  { apiVersion: 'v1', kind: 'ServiceAccount', metadata: meta('plain') },
  { apiVersion: 'v1', kind: 'PersistentVolumeClaim', metadata: meta('data', { finalizers: ['kubernetes.io/pvc-protection', 'x/y'] }),
    spec: { accessModes: ['ReadWriteOnce'], volumeName: 'pv-1', storageClassName: 'fast', volumeMode: 'Filesystem', resources: { requests: { storage: '1Gi' } }, dataSource: { apiGroup: 'g', kind: 'VolumeSnapshot', name: 'snap' } },
    status: { phase: 'Bound', accessModes: ['ReadWriteOnce', 'ReadOnlyMany'], capacity: { storage: '1024Mi' }, conditions: [{ type: 'Resizing', status: 'True', lastProbeTime: null, lastTransitionTime: at, reason: 'r', message: 'm' }] } },
  { apiVersion: 'v1', kind: 'PersistentVolumeClaim', metadata: meta('waiting'), spec: { accessModes: ['ReadWriteOnce'], resources: { requests: { storage: '1Gi' } } }, status: { phase: 'Pending' } },
  { apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'default', creationTimestamp: at, labels: { 'kubernetes.io/metadata.name': 'default' } }, spec: {}, status: { phase: 'Active' } },
  { apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'going', creationTimestamp: at }, spec: {}, status: { phase: 'Terminating', conditions: [{ type: 'NamespaceContentRemaining', status: 'True', lastTransitionTime: at, reason: 'SomeResourcesRemain', message: 'Some resources are remaining' }] } },
  { apiVersion: 'v1', kind: 'Node', metadata: { name: 'node-1', uid: 'uid-node-1', creationTimestamp: at, labels: { 'node-role.kubernetes.io/worker': '', 'kubernetes.io/hostname': 'node-1' } },
    spec: { podCIDR: '10.1.0.0/24', podCIDRs: ['10.1.0.0/24'], providerID: 'p://1', unschedulable: true, taints: [{ key: 'b', effect: 'NoSchedule' }, { key: 'a', value: 'v', effect: 'NoExecute' }] },
    status: {
      capacity: { cpu: '4', memory: '16Gi', 'ephemeral-storage': '100Gi', pods: '110', 'hugepages-2Mi': '0', 'example.com/gpu': '2' }, addresses: [{ type: 'InternalIP', address: '10.0.0.1' }, { type: 'Hostname', address: 'node-1' }],
      conditions: [{ type: 'Ready', status: 'True', lastHeartbeatTime: later, lastTransitionTime: at, reason: 'KubeletReady', message: 'kubelet is posting ready status' }],
      nodeInfo: { machineID: 'm', systemUUID: 's', bootID: 'b', kernelVersion: 'k', osImage: 'Debian', operatingSystem: 'linux', architecture: 'amd64', containerRuntimeVersion: 'docker://20', kubeletVersion: 'v1.33.0', kubeProxyVersion: '' },
    } },
  { apiVersion: 'coordination.k8s.io/v1', kind: 'Lease', metadata: { ...meta('node-1'), namespace: 'kube-node-lease' }, spec: { holderIdentity: 'node-1', leaseDurationSeconds: 40, renewTime: '2020-03-01T10:00:00.123456Z' } },
  { apiVersion: 'v1', kind: 'Node', metadata: { name: 'bare', creationTimestamp: at }, spec: {}, status: {} },
  event('e1', { kind: 'Pod', name: 'full' }, { type: 'Normal', reason: 'Scheduled', message: 'Successfully assigned default/full to node-1', source: { component: 'default-scheduler' }, firstTimestamp: at, lastTimestamp: at, count: 1 }),
  event('e2', { kind: 'Pod', name: 'full' }, { type: 'Warning', reason: 'BackOff', message: ' Back-off restarting failed container \n', source: { component: 'kubelet', host: 'node-1' }, firstTimestamp: at, lastTimestamp: later, count: 7 }),
  event('e0', { kind: 'Pod', name: 'full' }, { type: 'Normal', reason: 'New', message: 'new style', eventTime: '2020-03-01T10:00:00.000001Z', reportingComponent: 'x/y', reportingInstance: 'i', series: { count: 4, lastObservedTime: '2020-03-01T10:01:00.000000Z' } }),
  event('e3', { kind: 'Deployment', name: 'web' }, { type: 'Normal', reason: 'ScalingReplicaSet', message: 'Scaled up', source: { component: 'deployment-controller' }, firstTimestamp: at, lastTimestamp: at, count: 1 }),
  event('e4', { kind: 'Node', name: 'node-1', namespace: '' }, { type: 'Normal', reason: 'RegisteredNode', message: 'by controller', source: { component: 'node-controller' }, firstTimestamp: at, lastTimestamp: at, count: 1 }),
  event('e5', { kind: 'Node', name: 'node-1', uid: 'node-1', namespace: '' }, { type: 'Normal', reason: 'Starting', message: 'by kubelet', source: { component: 'kubelet' }, firstTimestamp: at, lastTimestamp: at, count: 1 }),
] as unknown as Unstructured[];
