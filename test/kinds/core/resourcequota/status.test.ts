import type { PersistentVolumeClaim, Pod, PodSpec, ResourceQuota, ResourceQuotaSpec, Service } from '../../../../src/api/generated/core.v1';
import type { KubeObject } from '../../../../src/api/meta';
import { quotaLapsesMs, quotaStatus, type ListObjects } from '../../../../src/kinds/core/resourcequota/status';
import { configMaps, deployments, persistentVolumeClaims, pods, secrets, services, type ResourceRef } from '../../../../src/kinds/resources';

const nowMs = Date.parse('2026-01-01T00:00:00Z');

const metadata = (name: string) => ({ name, namespace: 'default', uid: name });
const quota = (names: string[], spec: Partial<ResourceQuotaSpec> = {}): ResourceQuota =>
  ({ metadata: metadata('q'), spec: { hard: Object.fromEntries(names.map((name) => [name, '10'])), ...spec }, status: {} });

const pod = (name: string, requests: Record<string, string> = {}, { spec = {}, phase = 'Running', ...meta }: { spec?: Partial<PodSpec>; phase?: string; deletionTimestamp?: string; deletionGracePeriodSeconds?: number } = {}): Pod => ({
  metadata: { ...metadata(name), ...meta },
  spec: { containers: [{ name: 'a', resources: { requests, limits: requests } }], ...spec }, status: { phase: phase as 'Running' },
});

const world: [ResourceRef, KubeObject[]][] = [
  [pods, [
    pod('a', { cpu: '100m', memory: '64Mi', 'example.com/gpu': '1' }), pod('b', { cpu: '2' }, { spec: { activeDeadlineSeconds: 5, priorityClassName: 'high' } }),
    pod('ended', { cpu: '9' }, { phase: 'Succeeded' }), pod('lost', { cpu: '9' }, { deletionTimestamp: '2025-12-31T00:00:00Z', deletionGracePeriodSeconds: 30 }), pod('idle'),
  ]],
  [services, [{ metadata: metadata('s'), spec: { type: 'LoadBalancer', ports: [{ port: 1 }, { port: 2 }] } } as Service]],
  [persistentVolumeClaims, [{ metadata: metadata('c'), spec: { storageClassName: 'fast', resources: { requests: { storage: '3Gi' } } } } as PersistentVolumeClaim]],
  [configMaps, [{ metadata: metadata('m') }, { metadata: { ...metadata('n'), namespace: 'other' } }]],
  [deployments, [{ metadata: metadata('d') }]],
  [secrets, []],
];
/** Deployments and ConfigMaps are served, whatever else is not. */
const list: ListObjects = ({ group, plural }) => {
  const found = world.find(([resource]) => resource.group === group && resource.plural === plural)?.[1];
  return found?.filter(({ metadata: { namespace } }) => namespace === 'default');
};
const used = (names: string[], spec?: Partial<ResourceQuotaSpec>) => quotaStatus(quota(names, spec), list, nowMs).used;

it('repeats the hard limits in canonical form', () => {
  expect(quotaStatus({ ...quota([]), spec: { hard: { cpu: '1000m' } } }, list, nowMs).hard).toEqual({ cpu: '1' });
});

it('says nothing of what nobody counts', () => {
  expect(used(['count/widgets.example', 'count/events', 'example.com/unknown', 'pods'])).toEqual({ pods: '3' });
});

it('changes by itself when a deleted pod is overdue', () => {
  const late: ListObjects = () => [pod('late', {}, { deletionTimestamp: '2026-01-01T00:00:10Z', deletionGracePeriodSeconds: 30 })];
  expect(quotaLapsesMs(quota(['pods']), late, nowMs)).toBe(nowMs + 40_001);
  expect(quotaStatus(quota(['pods']), late, nowMs).used).toEqual({ pods: '1' });
  expect(quotaStatus(quota(['pods']), late, nowMs + 40_001).used).toEqual({ pods: '0' });
  expect(quotaLapsesMs(quota(['services']), late, nowMs)).toBeUndefined();
});

it.each<[string, Record<string, string>, Partial<ResourceQuotaSpec>?]>([
  ['pods', { pods: '3', 'count/pods': '5', cpu: '2100m', 'requests.cpu': '2100m', 'limits.cpu': '2100m', memory: '64Mi', 'requests.example.com/gpu': '1' }],
  ['services', { services: '1', 'services.loadbalancers': '1', 'services.nodeports': '2' }],
  ['claims', { persistentvolumeclaims: '1', 'requests.storage': '3Gi', 'fast.storageclass.storage.k8s.io/requests.storage': '3Gi', 'slow.storageclass.storage.k8s.io/requests.storage': '0' }],
  ['objects', { configmaps: '1', 'count/configmaps': '1', 'count/deployments.apps': '1', secrets: '0' }],
  ['pods that end by themselves', { pods: '1', 'requests.cpu': '2' }, { scopes: ['Terminating'] }],
  ['pods of best effort', { pods: '1' }, { scopes: ['BestEffort'] }],
  ['pods of a priority', { pods: '1' }, { scopeSelector: { matchExpressions: [{ scopeName: 'PriorityClass', operator: 'In', values: ['high'] }] } }],
])('counts %s', (...[, expected, spec]) => expect(used(Object.keys(expected), spec)).toEqual(expected));
