import { allow, read, readWrite, urls, write, type NamedRules } from './rules';

/** Roles for people and programs, and the parts that admin, edit and view are aggregated from. */
export const userRoles: readonly NamedRules[] = [
  ['cluster-admin', [
    allow('*', '*', '*'),
    urls('*', '*'),
  ]],
  ['system:aggregate-to-admin', [
    allow('create', 'authorization.k8s.io', 'localsubjectaccessreviews'),
    allow(readWrite, 'rbac.authorization.k8s.io', 'rolebindings roles'),
  ]],
  ['system:aggregate-to-edit', [
    allow(read, 'core', 'pods/attach pods/exec pods/portforward pods/proxy secrets services/proxy'),
    allow('impersonate', 'core', 'serviceaccounts'),
    allow(write, 'core', 'pods pods/attach pods/exec pods/portforward pods/proxy'),
    allow('create', 'core', 'pods/eviction'),
    allow(write, 'core', 'configmaps events persistentvolumeclaims replicationcontrollers replicationcontrollers/scale secrets serviceaccounts services services/proxy'),
    allow('create', 'core', 'serviceaccounts/token'),
    allow(write, 'apps', 'daemonsets deployments deployments/rollback deployments/scale replicasets replicasets/scale statefulsets statefulsets/scale'),
    allow(write, 'autoscaling', 'horizontalpodautoscalers'),
    allow(write, 'batch', 'cronjobs jobs'),
    allow(write, 'extensions', 'daemonsets deployments deployments/rollback deployments/scale ingresses networkpolicies replicasets replicasets/scale replicationcontrollers/scale'),
    allow(write, 'policy', 'poddisruptionbudgets'),
    allow(write, 'networking.k8s.io', 'ingresses networkpolicies'),
    allow(readWrite, 'coordination.k8s.io', 'leases'),
  ]],
  ['system:aggregate-to-view', [
    allow(read, 'core', 'configmaps endpoints persistentvolumeclaims persistentvolumeclaims/status pods replicationcontrollers replicationcontrollers/scale serviceaccounts services services/status'),
    allow(read, 'core', 'bindings events limitranges namespaces/status pods/log pods/status replicationcontrollers/status resourcequotas resourcequotas/status'),
    allow(read, 'core', 'namespaces'),
    allow(read, 'discovery.k8s.io', 'endpointslices'),
    allow(read, 'apps', 'controllerrevisions daemonsets daemonsets/status deployments deployments/scale deployments/status replicasets replicasets/scale replicasets/status statefulsets statefulsets/scale statefulsets/status'),
    allow(read, 'autoscaling', 'horizontalpodautoscalers horizontalpodautoscalers/status'),
    allow(read, 'batch', 'cronjobs cronjobs/status jobs jobs/status'),
    allow(read, 'extensions', 'daemonsets daemonsets/status deployments deployments/scale deployments/status ingresses ingresses/status networkpolicies replicasets replicasets/scale replicasets/status replicationcontrollers/scale'),
    allow(read, 'policy', 'poddisruptionbudgets poddisruptionbudgets/status'),
    allow(read, 'networking.k8s.io', 'ingresses ingresses/status networkpolicies'),
  ]],
  ['system:auth-delegator', [
    allow('create', 'authentication.k8s.io', 'tokenreviews'),
    allow('create', 'authorization.k8s.io', 'subjectaccessreviews'),
  ]],
  ['system:basic-user', [
    allow('create', 'authorization.k8s.io', 'selfsubjectaccessreviews selfsubjectrulesreviews'),
    allow('create', 'authentication.k8s.io', 'selfsubjectreviews'),
  ]],
  ['system:discovery', [urls('get', '/api /api/* /apis /apis/* /healthz /livez /openapi /openapi/* /readyz /version /version/')]],
  ['system:monitoring', [urls('get', '/healthz /healthz/* /livez /livez/* /metrics /metrics/slis /readyz /readyz/*')]],
  ['system:public-info-viewer', [urls('get', '/healthz /livez /readyz /version /version/')]],
  ['system:service-account-issuer-discovery', [urls('get', '/.well-known/openid-configuration /.well-known/openid-configuration/ /openid/v1/jwks /openid/v1/jwks/')]],
];
