import type { Gvk } from '../ids/gvk';
import type { FieldSpec } from './field-spec';
import { cronJob, daemonSet, deployment, job, pod, podTemplate, replicaSet, replicationController, statefulSet, type PodPlace } from './pods';

/** What is named, and where it is. */
export interface NameReference extends Gvk {
  fieldSpecs: FieldSpec[];
}

type Place = string | { path: string; group?: string; version?: string };

const at = (kind: string, ...places: Place[]): FieldSpec[] =>
  places.map((place) => ({ group: '', version: '', kind, create: false, ...(typeof place === 'string' ? { path: place } : place) }));

const inPods = (places: readonly PodPlace[], ...paths: string[]): FieldSpec[] =>
  places.flatMap(({ kind, path, version = '' }) => at(kind, ...paths.map((field) => ({ path: `${path}/${field}`, version }))));

const to = (kind: string, version: string, group: string, ...fieldSpecs: FieldSpec[][]): NameReference => ({ kind, version, group, fieldSpecs: fieldSpecs.flat() });

const versionedPod: PodPlace = { ...pod, version: 'v1' };
/** Kinds with pods that name ConfigMaps and Secrets. */
const consumers = [versionedPod, podTemplate, deployment, replicaSet, daemonSet, statefulSet, job, cronJob];
/** Kinds with pods that name other things. */
const users = [pod, statefulSet, deployment, replicationController, cronJob, job, daemonSet];

const scaled = at('HorizontalPodAutoscaler', 'spec/scaleTargetRef/name');
const rbac = 'rbac.authorization.k8s.io';
const admission = 'admissionregistration.k8s.io';
const annotation = (name: string) => `metadata/annotations/${name.replace('/', '\\/')}`;

const ofContainers = (key: string, source: string) => [
  `containers/env/valueFrom/${key}/name`, `initContainers/env/valueFrom/${key}/name`, `containers/envFrom/${source}/name`, `initContainers/envFrom/${source}/name`,
];

/** Where Kubernetes objects name others. Facts: api/internal/konfig/builtinpluginconsts/namereference.go of kustomize 5.6. */
export const defaultNameReferences: readonly NameReference[] = [
  ...['Deployment', 'ReplicationController', 'ReplicaSet', 'StatefulSet'].map((kind) => to(kind, '', '', scaled)),
  to('ConfigMap', 'v1', '',
    inPods(consumers, 'volumes/configMap/name', ...ofContainers('configMapKeyRef', 'configMapRef'), 'volumes/projected/sources/configMap/name'),
    at('Node', 'spec/configSource/configMap'),
    at('Role', 'rules/resourceNames'), at('ClusterRole', 'rules/resourceNames'),
    at('Ingress', annotation('nginx.ingress.kubernetes.io/fastcgi-params-configmap'))),
  to('Secret', 'v1', '',
    inPods(consumers, 'volumes/secret/secretName', ...ofContainers('secretKeyRef', 'secretRef'), 'imagePullSecrets/name', 'volumes/projected/sources/secret/name'),
    at('Ingress', 'spec/tls/secretName', ...['ingress.kubernetes.io/auth-secret', 'nginx.ingress.kubernetes.io/auth-secret', 'nginx.ingress.kubernetes.io/auth-tls-secret'].map(annotation)),
    at('ServiceAccount', 'imagePullSecrets/name'),
    at('StorageClass', 'parameters/secretName', 'parameters/adminSecretName', 'parameters/userSecretName', 'parameters/secretRef'),
    at('Role', 'rules/resourceNames'), at('ClusterRole', 'rules/resourceNames'),
    at('Service', { path: 'spec/template/spec/containers/env/valueFrom/secretKeyRef/name', group: 'serving.knative.dev', version: 'v1' }),
    at('PersistentVolume', 'spec/azureFile/secretName')),
  to('Service', 'v1', '',
    at('StatefulSet', { path: 'spec/serviceName', group: 'apps' }),
    at('Ingress', 'spec/rules/http/paths/backend/serviceName', 'spec/backend/serviceName', 'spec/rules/http/paths/backend/service/name', 'spec/defaultBackend/service/name'),
    at('APIService', { path: 'spec/service/name', group: 'apiregistration.k8s.io' }),
    at('ValidatingWebhookConfiguration', { path: 'webhooks/clientConfig/service', group: admission }),
    at('MutatingWebhookConfiguration', { path: 'webhooks/clientConfig/service', group: admission })),
  to('Role', '', rbac, at('RoleBinding', { path: 'roleRef/name', group: rbac })),
  to('ClusterRole', '', rbac, at('RoleBinding', { path: 'roleRef/name', group: rbac }), at('ClusterRoleBinding', { path: 'roleRef/name', group: rbac })),
  to('ServiceAccount', 'v1', '',
    at('RoleBinding', { path: 'subjects', group: rbac }), at('ClusterRoleBinding', { path: 'subjects', group: rbac }), inPods(users, 'serviceAccountName')),
  to('PersistentVolumeClaim', 'v1', '', inPods(users, 'volumes/persistentVolumeClaim/claimName')),
  to('PersistentVolume', 'v1', '', at('PersistentVolumeClaim', 'spec/volumeName'), at('ClusterRole', 'rules/resourceNames')),
  to('StorageClass', 'v1', 'storage.k8s.io',
    at('PersistentVolume', 'spec/storageClassName'), at('PersistentVolumeClaim', 'spec/storageClassName'), at('StatefulSet', 'spec/volumeClaimTemplates/spec/storageClassName')),
  to('PriorityClass', 'v1', 'scheduling.k8s.io', inPods(users, 'priorityClassName')),
  // The group is upstream's slip, which keeps this one from ever applying.
  to('IngressClass', 'v1', 'networking.k8s.io/v1', at('Ingress', 'spec/ingressClassName')),
  to('ValidatingAdmissionPolicy', '', admission, at('ValidatingAdmissionPolicyBinding', { path: 'spec/policyName', group: admission })),
];
