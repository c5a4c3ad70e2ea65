import type { Pod, PodSpec, ResourceQuota, ResourceQuotaSpec, Service } from '../../../../src/api/generated/core.v1';
import type { KubeObject } from '../../../../src/api/meta';
import { formatQuantity, parseQuantity } from '../../../../src/api/quantity';
import { chargesOf, exceeded } from '../../../../src/kinds/core/resourcequota/charge';
import { evaluatorOf } from '../../../../src/kinds/core/resourcequota/evaluators';
import { deployments, persistentVolumeClaims, pods, services } from '../../../../src/kinds/resources';

const metadata = (name: string) => ({ name, namespace: 'default', uid: name });
const quota = (hard: Record<string, string>, spec: Partial<ResourceQuotaSpec> = {}, name = 'q'): ResourceQuota => ({ metadata: metadata(name), spec: { hard, ...spec } });
const pod = (resources: object = {}, spec: Partial<PodSpec> = {}): Pod => ({ metadata: metadata('p'), spec: { containers: [{ name: 'c', resources }], ...spec } });
const service = (type: string, ports: number, more: object = {}): Service =>
  ({ metadata: metadata('s'), spec: { type, ports: Array.from({ length: ports }, (_, i) => ({ port: i + 1 })), ...more } }) as Service;
const claim = (storage: string, storageClassName?: string): KubeObject =>
  ({ metadata: metadata('c'), spec: { resources: { requests: { storage } }, ...(storageClassName && { storageClassName }) } }) as KubeObject;

/** Each charged quota with what is added to it, or the refusal. */
function charged(resource: { group: string; plural: string }, quotas: ResourceQuota[], object: KubeObject, old?: KubeObject) {
  const charges = chargesOf(evaluatorOf(resource)!, quotas, { object, ...(old && { old }) }, 0);
  if (typeof charges === 'string') return charges;
  return Object.fromEntries(charges.map(({ quota: { metadata: { name } }, usage }) => [name, Object.fromEntries([...usage].map(([key, amount]) => [key, formatQuantity(amount)]))]));
}

it('charges nothing where no quota is about the object', () => {
  expect(charged(pods, [quota({ services: '1' }), quota({ pods: '1' }, { scopes: ['Terminating'] })], pod())).toEqual({});
});

it.each<[string, { group: string; plural: string }, Record<string, string>, KubeObject, Record<string, string>]>([
  ['a pod', pods, { pods: '9', 'count/pods': '9', 'requests.cpu': '9', cpu: '9', 'limits.memory': '9', services: '9' }, pod({ requests: { cpu: '100m' }, limits: { memory: '1Gi' } }), { pods: '1', 'count/pods': '1', cpu: '100m', 'requests.cpu': '100m', 'limits.memory': '1Gi' }],
  ['devices and pages', pods, { 'requests.example.com/gpu': '9', 'hugepages-2Mi': '9', 'requests.hugepages-2Mi': '9' }, pod({ requests: { 'example.com/gpu': '2', 'hugepages-2Mi': '4Mi' } }), { 'requests.example.com/gpu': '2', 'hugepages-2Mi': '4Mi', 'requests.hugepages-2Mi': '4Mi' }],
  ['a node port', services, { services: '9', 'services.nodeports': '9', 'services.loadbalancers': '9' }, service('NodePort', 2), { services: '1', 'services.nodeports': '2' }],
  ['a load balancer without node ports', services, { 'services.nodeports': '9', 'services.loadbalancers': '9' }, service('LoadBalancer', 2, { allocateLoadBalancerNodePorts: false }), { 'services.loadbalancers': '1' }],
  ['a claim of a class', persistentVolumeClaims, { 'requests.storage': '9', 'gold.storageclass.storage.k8s.io/requests.storage': '9', 'gold.storageclass.storage.k8s.io/persistentvolumeclaims': '9', 'tin.storageclass.storage.k8s.io/requests.storage': '9' }, claim('1500m', 'gold'), { 'requests.storage': '2', 'gold.storageclass.storage.k8s.io/requests.storage': '2', 'gold.storageclass.storage.k8s.io/persistentvolumeclaims': '1' }],
  ['any object', deployments, { 'count/deployments.apps': '9', 'count/deployments': '9' }, { metadata: metadata('d') }, { 'count/deployments.apps': '1' }],
  ['a custom object', { group: 'example.com', plural: 'widgets' }, { 'count/widgets.example.com': '9' }, { metadata: metadata('w') }, { 'count/widgets.example.com': '1' }],
])('charges %s', (_, resource, hard, object, expected) => expect(charged(resource, [quota(hard)], object)).toEqual({ q: expected }));

it.each<[Partial<ResourceQuotaSpec>, Partial<PodSpec>, boolean]>([
  [{ scopes: ['BestEffort'] }, {}, true],
  [{ scopes: ['NotBestEffort'] }, {}, false],
  [{ scopes: ['Terminating'] }, { activeDeadlineSeconds: 5 }, true],
  [{ scopes: ['NotTerminating', 'BestEffort'] }, { activeDeadlineSeconds: 5 }, false],
  [{ scopeSelector: { matchExpressions: [{ scopeName: 'PriorityClass', operator: 'In', values: ['high'] }] } }, { priorityClassName: 'high' }, true],
  [{ scopeSelector: { matchExpressions: [{ scopeName: 'PriorityClass', operator: 'NotIn', values: ['high'] }] } }, {}, true],
  [{ scopes: ['CrossNamespacePodAffinity'] }, { affinity: { podAffinity: { requiredDuringSchedulingIgnoredDuringExecution: [{ topologyKey: 'x', namespaces: ['y'] }] } } }, true],
])('looks at scopes: %j %j', (scopes, spec, expected) => expect(charged(pods, [quota({ pods: '1' }, scopes)], pod({}, spec))).toEqual(expected ? { q: { pods: '1' } } : {}));

it('wants what it counts to be stated, of every container', () => {
  const unstated = pod({ requests: { cpu: '1' } }, { initContainers: [{ name: 'i', resources: { limits: { cpu: '1' } } }] });
  expect(charged(pods, [quota({ 'limits.cpu': '9', 'requests.cpu': '9', 'requests.ephemeral-storage': '9' })], unstated))
    .toBe('failed quota: q: must specify limits.cpu for: c; requests.cpu for: i');
  expect(charged(pods, [quota({ memory: '9' })], pod({}, { initContainers: [{ name: 'a' }] }))).toBe('failed quota: q: must specify memory for: a,c');
});

it('charges an update what it adds', () => {
  expect(charged(services, [quota({ services: '9', 'services.nodeports': '9' })], service('NodePort', 3), service('NodePort', 1))).toEqual({ q: { 'services.nodeports': '2' } });
  expect(charged(services, [quota({ 'services.nodeports': '9' })], service('ClusterIP', 3), service('NodePort', 1))).toEqual({});
  const grown = pod({ requests: { cpu: '2' } });
  expect(charged(pods, [quota({ pods: '9', 'requests.cpu': '9' })], grown, pod({ requests: { cpu: '500m' } }))).toEqual({ q: { 'requests.cpu': '1500m' } });
  expect(charged(pods, [quota({ pods: '9' }, { scopes: ['NotBestEffort'] })], grown, pod())).toEqual({ q: { pods: '1' } });
});

it('says by which amounts a quota is exceeded', () => {
  const usage = new Map([['pods', parseQuantity('1')], ['cpu', parseQuantity('500m')], ['memory', parseQuantity('1Gi')]]);
  const charge = { quota: quota({ pods: '2', cpu: '1', memory: '1Gi' }), usage };
  expect(exceeded(charge, new Map([['pods', parseQuantity('1')]]))).toBeUndefined();
  expect(exceeded(charge, new Map([['pods', parseQuantity('2')], ['cpu', parseQuantity('0.6')], ['memory', parseQuantity('0')]])))
    .toBe('exceeded quota: q, requested: cpu=500m,pods=1, used: cpu=600m,pods=2, limited: cpu=1,pods=2');
});
