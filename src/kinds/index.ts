import { apiServiceKind } from './apiregistration.k8s.io/apiservice/kind';
import { mutatingWebhookConfiguration } from './admissionregistration.k8s.io/mutatingwebhookconfiguration/kind';
import { validatingAdmissionPolicy } from './admissionregistration.k8s.io/validatingadmissionpolicy/kind';
import { validatingAdmissionPolicyBinding } from './admissionregistration.k8s.io/validatingadmissionpolicybinding/kind';
import { validatingWebhookConfiguration } from './admissionregistration.k8s.io/validatingwebhookconfiguration/kind';
import { customResourceDefinition } from './apiextensions.k8s.io/customresourcedefinition/kind';
import { controllerRevision } from './apps/controllerrevision/kind';
import { daemonSet } from './apps/daemonset/kind';
import { deployment } from './apps/deployment/kind';
import { replicaSet } from './apps/replicaset/kind';
import { statefulSet } from './apps/statefulset/kind';
import { horizontalPodAutoscalerV1 } from './autoscaling/horizontalpodautoscaler-v1/kind';
import { horizontalPodAutoscaler } from './autoscaling/horizontalpodautoscaler/kind';
import { cronJob } from './batch/cronjob/kind';
import { job } from './batch/job/kind';
import { certificateSigningRequest } from './certificates.k8s.io/certificatesigningrequest/kind';
import { lease } from './coordination.k8s.io/lease/kind';
import { binding } from './core/binding/kind';
import { componentStatus } from './core/componentstatus/kind';
import { configMap } from './core/configmap/kind';
import { endpoints } from './core/endpoints/kind';
import { event } from './core/event/kind';
import { limitRange } from './core/limitrange/kind';
import { namespace } from './core/namespace/kind';
import { node } from './core/node/kind';
import { persistentVolume } from './core/persistentvolume/kind';
import { persistentVolumeClaim } from './core/persistentvolumeclaim/kind';
import { pod } from './core/pod/kind';
import { podTemplate } from './core/podtemplate/kind';
import { replicationController } from './core/replicationcontroller/kind';
import { resourceQuota } from './core/resourcequota/kind';
import { secret } from './core/secret/kind';
import { service } from './core/service/kind';
import { serviceAccount } from './core/serviceaccount/kind';
import { endpointSlice } from './discovery.k8s.io/endpointslice/kind';
import { eventsEvent } from './events.k8s.io/event/kind';
import { flowSchema } from './flowcontrol.apiserver.k8s.io/flowschema/kind';
import { priorityLevelConfiguration } from './flowcontrol.apiserver.k8s.io/prioritylevelconfiguration/kind';
import type { Kind } from './kind';
import { nodeMetrics } from './metrics.k8s.io/nodemetrics/kind';
import { podMetrics } from './metrics.k8s.io/podmetrics/kind';
import { ingress } from './networking.k8s.io/ingress/kind';
import { ingressClass } from './networking.k8s.io/ingressclass/kind';
import { ipAddress } from './networking.k8s.io/ipaddress/kind';
import { networkPolicy } from './networking.k8s.io/networkpolicy/kind';
import { serviceCIDR } from './networking.k8s.io/servicecidr/kind';
import { runtimeClass } from './node.k8s.io/runtimeclass/kind';
import { podDisruptionBudget } from './policy/poddisruptionbudget/kind';
import { clusterRole } from './rbac.authorization.k8s.io/clusterrole/kind';
import { clusterRoleBinding } from './rbac.authorization.k8s.io/clusterrolebinding/kind';
import { role } from './rbac.authorization.k8s.io/role/kind';
import { roleBinding } from './rbac.authorization.k8s.io/rolebinding/kind';
import { priorityClass } from './scheduling.k8s.io/priorityclass/kind';
import { csiDriver } from './storage.k8s.io/csidriver/kind';
import { csiNode } from './storage.k8s.io/csinode/kind';
import { csiStorageCapacity } from './storage.k8s.io/csistoragecapacity/kind';
import { storageClass } from './storage.k8s.io/storageclass/kind';
import { volumeAttachment } from './storage.k8s.io/volumeattachment/kind';

/** Every built-in kind: one line each. The order means nothing. */
export const kinds: readonly Kind[] = [
  namespace,
  node,
  pod,
  service,
  endpoints,
  configMap,
  secret,
  serviceAccount,
  event,
  persistentVolumeClaim,
  podTemplate,
  replicationController,
  endpointSlice,
  deployment,
  replicaSet,
  statefulSet,
  daemonSet,
  controllerRevision,
  job,
  cronJob,
  lease,
  certificateSigningRequest,
  eventsEvent,
  limitRange,
  resourceQuota,
  persistentVolume,
  storageClass,
  customResourceDefinition,
  apiServiceKind,
  podDisruptionBudget,
  priorityClass,
  role,
  clusterRole,
  roleBinding,
  clusterRoleBinding,
  ingress,
  ingressClass,
  networkPolicy,
  horizontalPodAutoscaler,
  horizontalPodAutoscalerV1,
  runtimeClass,
  csiDriver,
  csiNode,
  csiStorageCapacity,
  volumeAttachment,
  ipAddress,
  serviceCIDR,
  validatingWebhookConfiguration,
  mutatingWebhookConfiguration,
  validatingAdmissionPolicy,
  validatingAdmissionPolicyBinding,
  binding,
  componentStatus,
  nodeMetrics,
  flowSchema,
  priorityLevelConfiguration,
  podMetrics,
];
