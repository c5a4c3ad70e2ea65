import type { PersistentVolumeClaim, Pod, PodSpec, ResourceQuota, ResourceQuotaSpec, Service } from '../../../../src/api/generated/core.v1';
import type { UpdateAction } from '../../../../src/kinds/actions';
import { reconcileQuota } from '../../../../src/kinds/core/resourcequota/reconcile';
import { configMaps, deployments, persistentVolumeClaims, pods, services } from '../../../../src/kinds/resources';
import { observedOf } from '../../observed';

const context = { nowMs: Date.parse('2026-01-01T00:00:00Z'), sinceMs: 0 };

const metadata = (name: string) => ({ name, namespace: 'default', uid: name });
const quota = (names: string[], spec: Partial<ResourceQuotaSpec> = {}): ResourceQuota =>
  ({ metadata: metadata('q'), spec: { hard: Object.fromEntries(names.map((name) => [name, '10'])), ...spec }, status: {} });

const pod = (name: string, requests: Record<string, string> = {}, { spec = {}, phase = 'Running', ...meta }: { spec?: Partial<PodSpec>; phase?: string; deletionTimestamp?: string; deletionGracePeriodSeconds?: number } = {}): Pod => ({
  metadata: { ...metadata(name), ...meta },
  spec: { containers: [{ name: 'a', resources: { requests, limits: requests } }], ...spec }, status: { phase: phase as 'Running' },
});

const world = observedOf(
  [pods, [
    pod('a', { cpu: '100m', memory: '64Mi', 'example.com/gpu': '1' }), pod('b', { cpu: '2' }, { spec: { activeDeadlineSeconds: 5, priorityClassName: 'high' } }),
    pod('ended', { cpu: '9' }, { phase: 'Succeeded' }), pod('lost', { cpu: '9' }, { deletionTimestamp: '2025-12-31T00:00:00Z', deletionGracePeriodSeconds: 30 }), pod('idle'),
  ]],
  [services, [{ metadata: metadata('s'), spec: { type: 'LoadBalancer', ports: [{ port: 1 }, { port: 2 }] } } as Service]],
  [persistentVolumeClaims, [{ metadata: metadata('c'), spec: { storageClassName: 'fast', resources: { requests: { storage: '3Gi' } } } } as PersistentVolumeClaim]],
  [configMaps, [{ metadata: metadata('m') }, { metadata: { ...metadata('n'), namespace: 'other' } }]],
  [deployments, [{ metadata: metadata('d') }]],
);
const used = (names: string[], spec?: Partial<ResourceQuotaSpec>) => ((reconcileQuota(quota(names, spec), world, context).actions[0] as UpdateAction).object as ResourceQuota).status!.used;

it('does nothing when all is well', () => {
  expect(reconcileQuota({ ...quota(['pods']), status: { hard: { pods: '10' }, used: { pods: '3' } } }, world, context)).toEqual({ actions: [] });
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
