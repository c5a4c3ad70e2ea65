import type { ValidatingAdmissionPolicy } from '../api/generated/admissionregistration.v1';
import type { CustomResourceDefinition } from '../api/generated/apiextensions.v1';
import type { ControllerRevision, DaemonSet, Deployment, ReplicaSet, StatefulSet } from '../api/generated/apps.v1';
import type { HorizontalPodAutoscaler } from '../api/generated/autoscaling.v2';
import type { CronJob, Job } from '../api/generated/batch.v1';
import type { CertificateSigningRequest } from '../api/generated/certificates.v1';
import type { Lease } from '../api/generated/coordination.v1';
import type {
  ConfigMap, Endpoints, Event, LimitRange, Namespace, Node, PersistentVolume, PersistentVolumeClaim, Pod, ReplicationController, ResourceQuota, Secret, Service,
  ServiceAccount,
} from '../api/generated/core.v1';
import type { EndpointSlice } from '../api/generated/discovery.v1';
import type { Ingress, IngressClass } from '../api/generated/networking.v1';
import type { RuntimeClass } from '../api/generated/node.v1';
import type { FlowSchema, PriorityLevelConfiguration } from '../api/generated/flowcontrol.v1';
import type { PodDisruptionBudget } from '../api/generated/policy.v1';
import type { ClusterRole } from '../api/generated/rbac.v1';
import type { PriorityClass } from '../api/generated/scheduling.v1';
import type { StorageClass } from '../api/generated/storage.v1';
import type { KubeObject } from '../api/meta';

declare const objectType: unique symbol;

/** Where objects of type T live, and what they call themselves. A `Kind` record is one. */
export interface ResourceRef<T extends KubeObject = KubeObject> {
  /** '' is the core group. */
  readonly group: string;
  readonly version: string;
  readonly kind: string;
  readonly plural: string;
  readonly namespaced: boolean;
  /** Never there: carries the type only. */
  readonly [objectType]?: T;
}

const ref = <T extends KubeObject>(group: string, version: string, kind: string, plural: string, namespaced = true): ResourceRef<T> =>
  ({ group, version, kind, plural, namespaced });

/* The resources that loops read and write: what a loop may know of another kind is where it lives and its type. */
export const deployments = ref<Deployment>('apps', 'v1', 'Deployment', 'deployments');
export const replicaSets = ref<ReplicaSet>('apps', 'v1', 'ReplicaSet', 'replicasets');
export const statefulSets = ref<StatefulSet>('apps', 'v1', 'StatefulSet', 'statefulsets');
export const daemonSets = ref<DaemonSet>('apps', 'v1', 'DaemonSet', 'daemonsets');
export const controllerRevisions = ref<ControllerRevision>('apps', 'v1', 'ControllerRevision', 'controllerrevisions');
export const jobs = ref<Job>('batch', 'v1', 'Job', 'jobs');
export const cronJobs = ref<CronJob>('batch', 'v1', 'CronJob', 'cronjobs');
export const replicationControllers = ref<ReplicationController>('', 'v1', 'ReplicationController', 'replicationcontrollers');
export const flowSchemas = ref<FlowSchema>('flowcontrol.apiserver.k8s.io', 'v1', 'FlowSchema', 'flowschemas', false);
export const priorityLevelConfigurations = ref<PriorityLevelConfiguration>('flowcontrol.apiserver.k8s.io', 'v1', 'PriorityLevelConfiguration', 'prioritylevelconfigurations', false);
export const podDisruptionBudgets = ref<PodDisruptionBudget>('policy', 'v1', 'PodDisruptionBudget', 'poddisruptionbudgets');
export const resourceQuotas = ref<ResourceQuota>('', 'v1', 'ResourceQuota', 'resourcequotas');
export const limitRanges = ref<LimitRange>('', 'v1', 'LimitRange', 'limitranges');
export const persistentVolumeClaims = ref<PersistentVolumeClaim>('', 'v1', 'PersistentVolumeClaim', 'persistentvolumeclaims');
export const pods = ref<Pod>('', 'v1', 'Pod', 'pods');
export const services = ref<Service>('', 'v1', 'Service', 'services');
export const endpoints = ref<Endpoints>('', 'v1', 'Endpoints', 'endpoints');
export const endpointSlices = ref<EndpointSlice>('discovery.k8s.io', 'v1', 'EndpointSlice', 'endpointslices');
export const secrets = ref<Secret>('', 'v1', 'Secret', 'secrets');
export const configMaps = ref<ConfigMap>('', 'v1', 'ConfigMap', 'configmaps');
export const serviceAccounts = ref<ServiceAccount>('', 'v1', 'ServiceAccount', 'serviceaccounts');
export const namespaces = ref<Namespace>('', 'v1', 'Namespace', 'namespaces', false);
export const nodes = ref<Node>('', 'v1', 'Node', 'nodes', false);
export const leases = ref<Lease>('coordination.k8s.io', 'v1', 'Lease', 'leases');
export const events = ref<Event>('', 'v1', 'Event', 'events');
export const clusterRoles = ref<ClusterRole>('rbac.authorization.k8s.io', 'v1', 'ClusterRole', 'clusterroles', false);
export const certificateSigningRequests = ref<CertificateSigningRequest>('certificates.k8s.io', 'v1', 'CertificateSigningRequest', 'certificatesigningrequests', false);
export const persistentVolumes = ref<PersistentVolume>('', 'v1', 'PersistentVolume', 'persistentvolumes', false);
export const storageClasses = ref<StorageClass>('storage.k8s.io', 'v1', 'StorageClass', 'storageclasses', false);
export const priorityClasses = ref<PriorityClass>('scheduling.k8s.io', 'v1', 'PriorityClass', 'priorityclasses', false);
export const horizontalPodAutoscalers = ref<HorizontalPodAutoscaler>('autoscaling', 'v2', 'HorizontalPodAutoscaler', 'horizontalpodautoscalers');
export const runtimeClasses = ref<RuntimeClass>('node.k8s.io', 'v1', 'RuntimeClass', 'runtimeclasses', false);
export const ingresses = ref<Ingress>('networking.k8s.io', 'v1', 'Ingress', 'ingresses');
export const ingressClasses = ref<IngressClass>('networking.k8s.io', 'v1', 'IngressClass', 'ingressclasses', false);
export const validatingAdmissionPolicies = ref<ValidatingAdmissionPolicy>('admissionregistration.k8s.io', 'v1', 'ValidatingAdmissionPolicy', 'validatingadmissionpolicies', false);
export const customResourceDefinitions = ref<CustomResourceDefinition>('apiextensions.k8s.io', 'v1', 'CustomResourceDefinition', 'customresourcedefinitions', false);
