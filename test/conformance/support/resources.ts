import type { ControllerRevision, DaemonSet, Deployment, ReplicaSet, StatefulSet } from '../../../src/api/generated/apps.v1';
import type { CronJob, Job } from '../../../src/api/generated/batch.v1';
import type { CertificateSigningRequest } from '../../../src/api/generated/certificates.v1';
import type { Lease } from '../../../src/api/generated/coordination.v1';
import type {
  ConfigMap, Endpoints, Event, LimitRange, Namespace, Node, PersistentVolume, PersistentVolumeClaim, Pod, PodTemplate,
  ReplicationController, ResourceQuota, Secret, Service, ServiceAccount,
} from '../../../src/api/generated/core.v1';
import type { EndpointSlice } from '../../../src/api/generated/discovery.v1';
import type { Event as EventsEvent } from '../../../src/api/generated/events.v1';
import type { Ingress, IngressClass, NetworkPolicy } from '../../../src/api/generated/networking.v1';
import type { RuntimeClass } from '../../../src/api/generated/node.v1';
import type { PodDisruptionBudget } from '../../../src/api/generated/policy.v1';
import type { ClusterRole, ClusterRoleBinding, Role, RoleBinding } from '../../../src/api/generated/rbac.v1';
import type { PriorityClass } from '../../../src/api/generated/scheduling.v1';
import type { CSIDriver, CSINode, CSIStorageCapacity, StorageClass } from '../../../src/api/generated/storage.v1';
import type { KubeObject, Unstructured } from '../../../src/api/meta';
import type { Resource } from '../../../src/client/client';

/** A resource together with the type of its objects. */
export interface Typed<T extends KubeObject> extends Resource {
  readonly kind: string;
  /** Of the type only; nothing is there. */
  readonly object?: T;
}

/** `of<Pod>('v1', 'Pod', 'pods')`; custom resources are the same: `of('example.com/v1', 'Widget', 'widgets')`. */
export function of<T extends KubeObject = Unstructured>(groupVersion: string, kind: string, plural: string, namespaced = true): Typed<T> {
  const [version, group = ''] = groupVersion.split('/').reverse();
  return { group, version: version!, kind, plural, namespaced };
}

const clusterWide = false;

export const configMaps = of<ConfigMap>('v1', 'ConfigMap', 'configmaps');
export const endpoints = of<Endpoints>('v1', 'Endpoints', 'endpoints');
export const events = of<Event>('v1', 'Event', 'events');
export const limitRanges = of<LimitRange>('v1', 'LimitRange', 'limitranges');
export const namespaces = of<Namespace>('v1', 'Namespace', 'namespaces', clusterWide);
export const nodes = of<Node>('v1', 'Node', 'nodes', clusterWide);
export const persistentVolumes = of<PersistentVolume>('v1', 'PersistentVolume', 'persistentvolumes', clusterWide);
export const persistentVolumeClaims = of<PersistentVolumeClaim>('v1', 'PersistentVolumeClaim', 'persistentvolumeclaims');
export const pods = of<Pod>('v1', 'Pod', 'pods');
export const podTemplates = of<PodTemplate>('v1', 'PodTemplate', 'podtemplates');
export const replicationControllers = of<ReplicationController>('v1', 'ReplicationController', 'replicationcontrollers');
export const resourceQuotas = of<ResourceQuota>('v1', 'ResourceQuota', 'resourcequotas');
export const secrets = of<Secret>('v1', 'Secret', 'secrets');
export const services = of<Service>('v1', 'Service', 'services');
export const serviceAccounts = of<ServiceAccount>('v1', 'ServiceAccount', 'serviceaccounts');

export const controllerRevisions = of<ControllerRevision>('apps/v1', 'ControllerRevision', 'controllerrevisions');
export const daemonSets = of<DaemonSet>('apps/v1', 'DaemonSet', 'daemonsets');
export const deployments = of<Deployment>('apps/v1', 'Deployment', 'deployments');
export const replicaSets = of<ReplicaSet>('apps/v1', 'ReplicaSet', 'replicasets');
export const statefulSets = of<StatefulSet>('apps/v1', 'StatefulSet', 'statefulsets');
export const cronJobs = of<CronJob>('batch/v1', 'CronJob', 'cronjobs');
export const jobs = of<Job>('batch/v1', 'Job', 'jobs');
export const podDisruptionBudgets = of<PodDisruptionBudget>('policy/v1', 'PodDisruptionBudget', 'poddisruptionbudgets');

export const certificateSigningRequests = of<CertificateSigningRequest>('certificates.k8s.io/v1', 'CertificateSigningRequest', 'certificatesigningrequests', clusterWide);
export const clusterRoles = of<ClusterRole>('rbac.authorization.k8s.io/v1', 'ClusterRole', 'clusterroles', clusterWide);
export const clusterRoleBindings = of<ClusterRoleBinding>('rbac.authorization.k8s.io/v1', 'ClusterRoleBinding', 'clusterrolebindings', clusterWide);
export const roles = of<Role>('rbac.authorization.k8s.io/v1', 'Role', 'roles');
export const roleBindings = of<RoleBinding>('rbac.authorization.k8s.io/v1', 'RoleBinding', 'rolebindings');

export const endpointSlices = of<EndpointSlice>('discovery.k8s.io/v1', 'EndpointSlice', 'endpointslices');
export const ingresses = of<Ingress>('networking.k8s.io/v1', 'Ingress', 'ingresses');
export const ingressClasses = of<IngressClass>('networking.k8s.io/v1', 'IngressClass', 'ingressclasses', clusterWide);
export const networkPolicies = of<NetworkPolicy>('networking.k8s.io/v1', 'NetworkPolicy', 'networkpolicies');

export const eventsEvents = of<EventsEvent>('events.k8s.io/v1', 'Event', 'events');
export const leases = of<Lease>('coordination.k8s.io/v1', 'Lease', 'leases');
export const priorityClasses = of<PriorityClass>('scheduling.k8s.io/v1', 'PriorityClass', 'priorityclasses', clusterWide);
export const runtimeClasses = of<RuntimeClass>('node.k8s.io/v1', 'RuntimeClass', 'runtimeclasses', clusterWide);

export const csiDrivers = of<CSIDriver>('storage.k8s.io/v1', 'CSIDriver', 'csidrivers', clusterWide);
export const csiNodes = of<CSINode>('storage.k8s.io/v1', 'CSINode', 'csinodes', clusterWide);
export const csiStorageCapacities = of<CSIStorageCapacity>('storage.k8s.io/v1', 'CSIStorageCapacity', 'csistoragecapacities');
export const storageClasses = of<StorageClass>('storage.k8s.io/v1', 'StorageClass', 'storageclasses', clusterWide);

export const customResourceDefinitions = of('apiextensions.k8s.io/v1', 'CustomResourceDefinition', 'customresourcedefinitions', clusterWide);
export const apiServices = of('apiregistration.k8s.io/v1', 'APIService', 'apiservices', clusterWide);
export const mutatingWebhookConfigurations = of('admissionregistration.k8s.io/v1', 'MutatingWebhookConfiguration', 'mutatingwebhookconfigurations', clusterWide);
export const validatingWebhookConfigurations = of('admissionregistration.k8s.io/v1', 'ValidatingWebhookConfiguration', 'validatingwebhookconfigurations', clusterWide);
