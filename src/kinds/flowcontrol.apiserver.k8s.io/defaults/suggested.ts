import type { FlowSchema, PriorityLevelConfiguration, ResourcePolicyRule } from '../../../api/generated/flowcontrol.v1';
import { everyone, everything, flowSchemaOf, groups, queuingLevel, systemAccounts, users, type QueuingLevel, type SchemaRow } from './objects';

const levels: readonly QueuingLevel[] = [
  ['system', 30, 33, 64, 6],
  ['node-high', 40, 25, 64, 6],
  ['leader-election', 10, 0, 16, 4],
  ['workload-high', 40, 50, 128, 6],
  ['workload-low', 100, 90, 128, 6],
  ['global-default', 20, 50, 128, 6],
];

/** In all namespaces. */
const namespaced = (verbs: string[], apiGroup: string, ...resources: string[]): ResourcePolicyRule => ({ verbs, apiGroups: [apiGroup], resources, namespaces: ['*'] });
const elect = ['get', 'create', 'update'];
const leases = namespaced(elect, 'coordination.k8s.io', 'leases');
const [manager, scheduler] = ['system:kube-controller-manager', 'system:kube-scheduler'];
const nodes = groups('system:nodes');

const schemas: readonly SchemaRow[] = [
  { name: 'system-nodes', level: 'system', precedence: 500, by: 'ByUser', rules: everything(nodes) },
  {
    name: 'system-node-high', level: 'node-high', precedence: 400, by: 'ByUser',
    rules: { subjects: nodes, resourceRules: [{ ...namespaced(['*'], '', 'nodes', 'nodes/status'), clusterScope: true }, namespaced(['*'], 'coordination.k8s.io', 'leases')] },
  },
  { name: 'probes', level: 'exempt', precedence: 2, rules: { subjects: everyone, nonResourceRules: [{ verbs: ['get'], nonResourceURLs: ['/healthz', '/readyz', '/livez'] }] } },
  { name: 'system-leader-election', level: 'leader-election', precedence: 100, by: 'ByUser', rules: { subjects: [...users(manager, scheduler), ...systemAccounts('*')], resourceRules: [leases] } },
  {
    name: 'workload-leader-election', level: 'leader-election', precedence: 200, by: 'ByUser',
    rules: { subjects: systemAccounts('*'), resourceRules: [namespaced(elect, '', 'endpoints', 'configmaps'), leases] },
  },
  {
    name: 'endpoint-controller', level: 'workload-high', precedence: 150, by: 'ByUser',
    rules: { subjects: [...users(manager), ...systemAccounts('endpoint-controller', 'endpointslicemirroring-controller')], resourceRules: [namespaced(elect, '', 'endpoints')] },
  },
  { name: 'kube-controller-manager', level: 'workload-high', precedence: 800, by: 'ByNamespace', rules: everything(users(manager)) },
  { name: 'kube-scheduler', level: 'workload-high', precedence: 800, by: 'ByNamespace', rules: everything(users(scheduler)) },
  { name: 'kube-system-service-accounts', level: 'workload-high', precedence: 900, by: 'ByNamespace', rules: everything(systemAccounts('*')) },
  { name: 'service-accounts', level: 'workload-low', precedence: 9000, by: 'ByUser', rules: everything(groups('system:serviceaccounts')) },
  { name: 'global-default', level: 'global-default', precedence: 9900, by: 'ByUser', rules: everything(everyone) },
];

/** What a cluster begins with; whoever changes them keeps the change. Source: k8s.io/apiserver/pkg/apis/flowcontrol/bootstrap. */
export const suggestedLevels: readonly PriorityLevelConfiguration[] = levels.map(queuingLevel);
export const suggestedSchemas: readonly FlowSchema[] = schemas.map(flowSchemaOf);
