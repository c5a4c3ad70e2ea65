import type { Unstructured } from '../../../src/api/meta';
import { at, meta } from './fixtures';

const cluster = (name: string, more: object = {}) => ({ name, uid: `uid-${name}`, creationTimestamp: at, ...more });
const noted = { labels: { b: '2', a: '1' }, annotations: { note: 'n', other: 'o' } };

const volume = (name: string, source: object, more: object = {}) => ({
  apiVersion: 'v1', kind: 'PersistentVolume', metadata: cluster(name),
  spec: { capacity: { storage: '1024Mi' }, accessModes: ['ReadWriteOnce'], persistentVolumeReclaimPolicy: 'Retain', volumeMode: 'Filesystem', ...source, ...more }, status: { phase: 'Available' },
});
const secretRef = { name: 's', namespace: 'ns' };

const volumes = [
  volume('host', { hostPath: { path: '/data', type: '' } }, { claimRef: { namespace: 'default', name: 'data' }, storageClassName: 'fast' }),
  volume('nfs', { nfs: { server: 's', path: '/p' } }),
  volume('local', { local: { path: '/mnt' } }, { nodeAffinity: { required: { nodeSelectorTerms: [{ matchExpressions: [{ key: 'kubernetes.io/hostname', operator: 'In', values: ['a', 'b'] }, { key: 'x', operator: 'Exists' }] }, {}] } } }),
  volume('csi', { csi: { driver: 'd', volumeHandle: 'h', volumeAttributes: { b: '2', a: '1' } } }),
  volume('iscsi', { iscsi: { targetPortal: '1.2.3.4:3260', iqn: 'iqn', lun: 0, iscsiInterface: 'default', secretRef } }),
  volume('rbd', { rbd: { monitors: ['a', 'b'], image: 'i', pool: 'rbd', user: 'admin', keyring: '/k', secretRef } }),
  volume('cephfs', { cephfs: { monitors: ['a'], secretRef } }), volume('cinder', { cinder: { volumeID: 'v' } }), volume('glusterfs', { glusterfs: { endpoints: 'e', path: 'p' } }),
  volume('azurefile', { azureFile: { secretName: 's', shareName: 'n' } }), volume('flex', { flexVolume: { driver: 'd', options: { b: '2', a: '1' } } }),
  volume('scaleio', { scaleIO: { gateway: 'g', system: 's', secretRef } }), volume('storageos', { storageos: { volumeName: 'v' } }), volume('nothing', {}),
  { ...volume('going', { hostPath: { path: '/' } }), metadata: cluster('going', { deletionTimestamp: at, finalizers: ['kubernetes.io/pv-protection'], ...noted }) },
];

const storageClasses = [
  {
    apiVersion: 'storage.k8s.io/v1', kind: 'StorageClass', metadata: cluster('fast', { annotations: { 'storageclass.kubernetes.io/is-default-class': 'true' } }), provisioner: 'p/q',
    parameters: { b: '2', a: '1' }, reclaimPolicy: 'Delete', volumeBindingMode: 'Immediate', allowVolumeExpansion: true, mountOptions: ['ro', 'x=y'],
    allowedTopologies: [{ matchLabelExpressions: [{ key: 'zone', values: ['a', 'b'] }, { key: 'rack', values: ['1'] }] }, {}],
  },
  { apiVersion: 'storage.k8s.io/v1', kind: 'StorageClass', metadata: cluster('plain'), provisioner: 'p' },
];

const quotas = [
  {
    apiVersion: 'v1', kind: 'ResourceQuota', metadata: meta('compute'), spec: { hard: { pods: '10' }, scopes: ['NotTerminating', 'BestEffort', 'PriorityClass'] },
    status: { hard: { 'requests.memory': '2Gi', pods: '10', 'limits.cpu': '4' }, used: { 'requests.memory': '1073741824', pods: '1' } },
  },
  { apiVersion: 'v1', kind: 'LimitRange', metadata: meta('limits'), spec: { limits: [{ type: 'Container', max: { cpu: '2' }, min: { cpu: '100m' }, default: { cpu: '1' }, maxLimitRequestRatio: { cpu: '10' } }, { type: 'Pod', max: { memory: '1Gi' } }] } },
];

const budgets = [
  { apiVersion: 'policy/v1', kind: 'PodDisruptionBudget', metadata: meta('one'), spec: { minAvailable: '50%', selector: { matchLabels: { app: 'web' } } }, status: { disruptionsAllowed: 1, currentHealthy: 3, desiredHealthy: 2, expectedPods: 3 } },
  { apiVersion: 'policy/v1', kind: 'PodDisruptionBudget', metadata: meta('two'), spec: { maxUnavailable: 1 }, status: { disruptionsAllowed: 0, currentHealthy: 0, desiredHealthy: 0, expectedPods: 0 } },
  { apiVersion: 'scheduling.k8s.io/v1', kind: 'PriorityClass', metadata: cluster('high', { annotations: { b: '2', a: '1' } }), value: 1000, globalDefault: true, preemptionPolicy: 'Never', description: 'for what matters' },
];

const rbac = 'rbac.authorization.k8s.io';
const rules = [
  { apiGroups: ['', 'apps'], resources: ['pods', 'deployments/scale'], verbs: ['get', 'list'] }, { apiGroups: [''], resources: ['pods'], verbs: ['list', 'watch'] },
  { apiGroups: [''], resources: ['secrets'], resourceNames: ['a', 'b'], verbs: ['get'] }, { apiGroups: ['*'], resources: ['*'], verbs: ['*'] },
];
const roleRef = (kind: string) => ({ apiGroup: rbac, kind, name: 'reader' });
const subjects = [{ kind: 'ServiceAccount', name: 'robot', namespace: 'default' }, { kind: 'User', name: 'jane', apiGroup: rbac }, { kind: 'Group', name: 'all', apiGroup: rbac }];
const roles = [
  { apiVersion: `${rbac}/v1`, kind: 'Role', metadata: meta('reader', noted), rules },
  { apiVersion: `${rbac}/v1`, kind: 'ClusterRole', metadata: cluster('reader'), rules: [...rules, { nonResourceURLs: ['/healthz', '/metrics'], verbs: ['get', 'head'] }] },
  { apiVersion: `${rbac}/v1`, kind: 'RoleBinding', metadata: meta('readers', noted), roleRef: roleRef('Role'), subjects },
  { apiVersion: `${rbac}/v1`, kind: 'ClusterRoleBinding', metadata: cluster('readers'), roleRef: roleRef('ClusterRole') },
];

const backend = (name: string, port: object) => ({ service: { name, port } });
const networking = [
  { apiVersion: 'networking.k8s.io/v1', kind: 'IngressClass', metadata: cluster('nginx', noted), spec: { controller: 'k8s.io/nginx', parameters: { apiGroup: 'g', kind: 'P', name: 'p', scope: 'Cluster' } } },
  { apiVersion: 'networking.k8s.io/v1', kind: 'IngressClass', metadata: cluster('bare'), spec: { controller: 'k8s.io/bare' } },
  {
    apiVersion: 'networking.k8s.io/v1', kind: 'Ingress', metadata: meta('web', noted),
    spec: {
      ingressClassName: 'nginx', defaultBackend: backend('web', { number: 80 }), tls: [{ hosts: ['a.b', 'c.d'], secretName: 'tls' }, { hosts: ['e.f'] }],
      rules: [
        { host: 'a.b', http: { paths: [{ path: '/', pathType: 'Prefix', backend: backend('web', { name: 'http' }) }, { path: '/gone', pathType: 'Exact', backend: backend('gone', { number: 1 }) }] } },
        { http: { paths: [{ pathType: 'ImplementationSpecific', backend: { resource: { apiGroup: 'g', kind: 'Bucket', name: 'b' } } }, { path: '/none', pathType: 'Exact', backend: backend('headless', { number: 7 }) }] } },
        { host: 'empty' },
      ],
    },
    status: { loadBalancer: { ingress: [{ ip: '10.0.0.2' }, { hostname: 'lb.example' }, { ip: '10.0.0.1' }] } },
  },
  { apiVersion: 'networking.k8s.io/v1', kind: 'Ingress', metadata: meta('bare'), spec: {}, status: {} },
  {
    apiVersion: 'networking.k8s.io/v1', kind: 'NetworkPolicy', metadata: meta('full', noted),
    spec: {
      podSelector: { matchLabels: { app: 'web' }, matchExpressions: [{ key: 'env', operator: 'In', values: ['b', 'a'] }] }, policyTypes: ['Ingress', 'Egress'],
      ingress: [
        { ports: [{ port: 80, protocol: 'TCP' }, { port: 'dns', protocol: 'UDP' }, { port: 1000, endPort: 2000 }], from: [{ podSelector: {} }, { namespaceSelector: { matchLabels: { a: 'b' } }, podSelector: { matchLabels: { c: 'd' } } }] },
        { from: [{ ipBlock: { cidr: '10.0.0.0/8', except: ['10.1.0.0/16', '10.2.0.0/16'] } }, { namespaceSelector: {} }] }, {},
      ],
      egress: [{ to: [{ ipBlock: { cidr: '0.0.0.0/0' } }] }, { ports: [{ port: 53, protocol: 'UDP' }] }],
    },
  },
  { apiVersion: 'networking.k8s.io/v1', kind: 'NetworkPolicy', metadata: meta('deny'), spec: { podSelector: {}, policyTypes: ['Ingress'] } },
  { apiVersion: 'networking.k8s.io/v1', kind: 'NetworkPolicy', metadata: meta('quiet'), spec: { podSelector: {}, policyTypes: ['Egress'] } },
];

const identifier = (name: string) => ({ name });
const target = { apiVersion: 'apps/v1', kind: 'Deployment', name: 'web' };
const metrics = [
  { type: 'Resource', resource: { name: 'cpu', target: { type: 'Utilization', averageUtilization: 80 } } }, { type: 'Resource', resource: { name: 'memory', target: { type: 'AverageValue', averageValue: '500Mi' } } },
  { type: 'ContainerResource', containerResource: { name: 'cpu', container: 'web', target: { type: 'Utilization', averageUtilization: 60 } } },
  { type: 'Pods', pods: { metric: identifier('packets'), target: { type: 'AverageValue', averageValue: '1k' } } },
  { type: 'Object', object: { metric: identifier('hits'), describedObject: { kind: 'Ingress', name: 'web' }, target: { type: 'Value', value: '10k' } } },
  { type: 'Object', object: { metric: identifier('hits'), describedObject: { kind: 'Ingress', name: 'web' }, target: { type: 'AverageValue', averageValue: '5' } } },
  { type: 'External', external: { metric: identifier('queue'), target: { type: 'AverageValue', averageValue: '30' } } }, { type: 'External', external: { metric: identifier('queue'), target: { type: 'Value', value: '3' } } },
];
const autoscaler = (name: string, spec: object, status: object) => ({
  apiVersion: 'autoscaling/v2', kind: 'HorizontalPodAutoscaler', metadata: meta(name, noted), spec: { scaleTargetRef: target, maxReplicas: 10, metrics, ...spec }, status: { desiredReplicas: 3, currentMetrics: null, ...status },
});
const autoscalers = [
  autoscaler('unknown', {}, {}),
  autoscaler('known', { minReplicas: 2, behavior: { scaleUp: { stabilizationWindowSeconds: 0, selectPolicy: 'Max', policies: [{ type: 'Pods', value: 4, periodSeconds: 15 }, { type: 'Percent', value: 100, periodSeconds: 15 }] }, scaleDown: { policies: [{ type: 'Percent', value: 100, periodSeconds: 15 }] } } }, {
    currentReplicas: 3, conditions: [{ type: 'AbleToScale', status: 'True', reason: 'ReadyForNewScale', message: 'ok' }],
    currentMetrics: [
      { type: 'Resource', resource: { name: 'cpu', current: { averageUtilization: 12, averageValue: '120m' } } }, { type: 'Resource', resource: { name: 'memory', current: { averageValue: '100Mi' } } },
      { type: 'ContainerResource', containerResource: { name: 'cpu', container: 'web', current: { averageUtilization: 5, averageValue: '50m' } } },
      { type: 'Pods', pods: { metric: identifier('packets'), current: { averageValue: '900' } } }, { type: 'Object', object: { metric: identifier('hits'), describedObject: { kind: 'Ingress', name: 'web' }, current: { value: '9k' } } },
      { type: 'Object', object: { metric: identifier('hits'), describedObject: { kind: 'Ingress', name: 'web' }, current: { averageValue: '4' } } }, { type: 'External', external: { metric: identifier('queue'), current: { averageValue: '20' } } },
      { type: 'External', external: { metric: identifier('queue'), current: { value: '2' } } },
    ],
  }),
];

const infrastructure = [
  { apiVersion: 'node.k8s.io/v1', kind: 'RuntimeClass', metadata: cluster('gvisor', noted), handler: 'runsc', overhead: { podFixed: { cpu: '250m' } } },
  { apiVersion: 'storage.k8s.io/v1', kind: 'CSIDriver', metadata: cluster('d'), spec: { attachRequired: true, volumeLifecycleModes: ['Persistent'] } },
  { apiVersion: 'storage.k8s.io/v1', kind: 'CSINode', metadata: cluster('node-1', noted), spec: { drivers: [{ name: 'd', nodeID: 'n', allocatable: { count: 3 }, topologyKeys: ['a', 'b'] }, { name: 'e', nodeID: 'm', topologyKeys: null }] } },
  { apiVersion: 'storage.k8s.io/v1', kind: 'CSINode', metadata: cluster('node-2'), spec: { drivers: null } },
  { apiVersion: 'networking.k8s.io/v1', kind: 'IPAddress', metadata: cluster('10.96.0.1', noted), spec: { parentRef: { group: '', resource: 'services', namespace: 'default', name: 'kubernetes' } } },
  { apiVersion: 'networking.k8s.io/v1', kind: 'ServiceCIDR', metadata: cluster('kubernetes'), spec: { cidrs: ['10.96.0.0/16', 'fd00::/112'] }, status: { conditions: [{ type: 'Ready', status: 'True', lastTransitionTime: at, reason: '', message: 'ready' }] } },
];

/** Of the kinds that run nothing themselves. */
export const moreFixtures = [...volumes, ...storageClasses, ...quotas, ...budgets, ...roles, ...networking, ...autoscalers, ...infrastructure] as unknown as Unstructured[];
