import { daemonSetDescribe } from './apps/daemonset/describe';
import { deploymentDescribe } from './apps/deployment/describe';
import { replicaSetDescribe } from './apps/replicaset/describe';
import { statefulSetDescribe } from './apps/statefulset/describe';
import { horizontalPodAutoscalerDescribe } from './autoscaling/horizontalpodautoscaler/describe';
import { cronJobDescribe } from './batch/cronjob/describe';
import { jobDescribe } from './batch/job/describe';
import { certificateSigningRequestDescribe } from './certificates.k8s.io/certificatesigningrequest/describe';
import { configMapDescribe } from './core/configmap/describe';
import { endpointsDescribe } from './core/endpoints/describe';
import { limitRangeDescribe } from './core/limitrange/describe';
import { namespaceDescribe } from './core/namespace/describe';
import { nodeDescribe } from './core/node/describe';
import { persistentVolumeDescribe } from './core/persistentvolume/describe';
import { persistentVolumeClaimDescribe } from './core/persistentvolumeclaim/describe';
import { podDescribe } from './core/pod/describe';
import { replicationControllerDescribe } from './core/replicationcontroller/describe';
import { resourceQuotaDescribe } from './core/resourcequota/describe';
import { secretDescribe } from './core/secret/describe';
import { serviceDescribe } from './core/service/describe';
import { serviceAccountDescribe } from './core/serviceaccount/describe';
import type { Describe } from './describe';
import { describeGeneric } from './describing/generic';
import { endpointSliceDescribe } from './discovery.k8s.io/endpointslice/describe';
import { ingressDescribe } from './networking.k8s.io/ingress/describe';
import { ingressClassDescribe } from './networking.k8s.io/ingressclass/describe';
import { ipAddressDescribe } from './networking.k8s.io/ipaddress/describe';
import { networkPolicyDescribe } from './networking.k8s.io/networkpolicy/describe';
import { serviceCIDRDescribe } from './networking.k8s.io/servicecidr/describe';
import { podDisruptionBudgetDescribe } from './policy/poddisruptionbudget/describe';
import { clusterRoleDescribe } from './rbac.authorization.k8s.io/clusterrole/describe';
import { clusterRoleBindingDescribe } from './rbac.authorization.k8s.io/clusterrolebinding/describe';
import { roleDescribe } from './rbac.authorization.k8s.io/role/describe';
import { roleBindingDescribe } from './rbac.authorization.k8s.io/rolebinding/describe';
import { priorityClassDescribe } from './scheduling.k8s.io/priorityclass/describe';
import { csiNodeDescribe } from './storage.k8s.io/csinode/describe';
import { storageClassDescribe } from './storage.k8s.io/storageclass/describe';

export { describeGeneric };
export { describePodTemplate } from './describing/pod-template';

/** Every kind with a description of its own. The rest take `describeGeneric`, as kubectl has it: events and leases among them. */
export const describers: readonly Describe[] = [
  clusterRoleBindingDescribe,
  clusterRoleDescribe,
  configMapDescribe,
  cronJobDescribe,
  csiNodeDescribe,
  daemonSetDescribe,
  deploymentDescribe,
  endpointSliceDescribe,
  endpointsDescribe,
  horizontalPodAutoscalerDescribe,
  ingressClassDescribe,
  ingressDescribe,
  ipAddressDescribe,
  jobDescribe,
  limitRangeDescribe,
  namespaceDescribe,
  networkPolicyDescribe,
  nodeDescribe,
  persistentVolumeClaimDescribe,
  persistentVolumeDescribe,
  podDescribe,
  podDisruptionBudgetDescribe,
  priorityClassDescribe,
  replicaSetDescribe,
  replicationControllerDescribe,
  resourceQuotaDescribe,
  roleBindingDescribe,
  roleDescribe,
  certificateSigningRequestDescribe,
  secretDescribe,
  serviceAccountDescribe,
  serviceCIDRDescribe,
  serviceDescribe,
  statefulSetDescribe,
  storageClassDescribe,
];

export function describerFor({ group, kind }: { group: string; kind: string }): Describe {
  return describers.find((describe) => describe.group === group && describe.kind === kind) ?? describeGeneric;
}
