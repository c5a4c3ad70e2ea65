import { noGvk } from '../ids/gvk';
import type { FieldSpec } from './field-spec';
import { cronJob, daemonSet, deployment, job, pod, replicaSet, statefulSet, type PodPlace } from './pods';

// Facts: api/internal/konfig/builtinpluginconsts of kustomize 5.6.

const at = (path: string, create: boolean, gvk: Partial<FieldSpec> = {}): FieldSpec => ({ ...noGvk, ...gvk, path, create });

const apps = { group: 'apps' };
const batch = { group: 'batch' };

export const defaultNames = [at('metadata/name', false)];

const selected = 'labelSelector/matchLabels';
/** Where a pod's spec selects other pods. */
const podSelectors = [
  ...['podAffinity', 'podAntiAffinity'].flatMap((affinity) => [
    `affinity/${affinity}/preferredDuringSchedulingIgnoredDuringExecution/podAffinityTerm/${selected}`,
    `affinity/${affinity}/requiredDuringSchedulingIgnoredDuringExecution/${selected}`,
  ]),
  `topologySpreadConstraints/${selected}`,
].map((path) => `spec/template/spec/${path}`);

/** Metadata of objects and of the templates in them. */
function metadataOf(field: 'labels' | 'annotations', statefulGroup: Partial<FieldSpec>): FieldSpec[] {
  const template = `spec/template/metadata/${field}`;
  return [
    at(`metadata/${field}`, true),
    at(template, true, { version: 'v1', kind: 'ReplicationController' }),
    ...['Deployment', 'ReplicaSet', 'DaemonSet'].map((kind) => at(template, true, { kind })),
    at(template, true, { ...statefulGroup, kind: 'StatefulSet' }),
    ...(field === 'labels' ? [at('spec/volumeClaimTemplates[]/metadata/labels', true, { ...apps, kind: 'StatefulSet' })] : []),
    at(template, true, { ...batch, kind: 'Job' }),
    at(`spec/jobTemplate/metadata/${field}`, true, { ...batch, kind: 'CronJob' }),
    at(`spec/jobTemplate/spec/template/metadata/${field}`, true, { ...batch, kind: 'CronJob' }),
  ];
}

export const defaultTemplateLabels = metadataOf('labels', apps);
export const defaultAnnotations = metadataOf('annotations', {});

const network = { group: 'networking.k8s.io', kind: 'NetworkPolicy' };

export const defaultCommonLabels: readonly FieldSpec[] = [
  at('spec/selector', true, { version: 'v1', kind: 'Service' }),
  at('spec/selector', true, { version: 'v1', kind: 'ReplicationController' }),
  at('spec/selector/matchLabels', true, { kind: 'Deployment' }),
  ...podSelectors.map((path) => at(path, false, { ...apps, kind: 'Deployment' })),
  at('spec/selector/matchLabels', true, { kind: 'ReplicaSet' }),
  at('spec/selector/matchLabels', true, { kind: 'DaemonSet' }),
  at('spec/selector/matchLabels', true, { ...apps, kind: 'StatefulSet' }),
  ...podSelectors.map((path) => at(path, false, { ...apps, kind: 'StatefulSet' })),
  at('spec/selector/matchLabels', false, { ...batch, kind: 'Job' }),
  at('spec/jobTemplate/spec/selector/matchLabels', false, { ...batch, kind: 'CronJob' }),
  at('spec/selector/matchLabels', false, { group: 'policy', kind: 'PodDisruptionBudget' }),
  ...['spec/podSelector', 'spec/ingress/from/podSelector', 'spec/egress/to/podSelector'].map((path) => at(`${path}/matchLabels`, false, network)),
  ...defaultTemplateLabels,
];

export const defaultNamespaces = [
  at('metadata/name', true, { kind: 'Namespace' }),
  at('spec/service/namespace', true, { group: 'apiregistration.k8s.io', kind: 'APIService' }),
  at('spec/conversion/webhook/clientConfig/service/namespace', false, { group: 'apiextensions.k8s.io', kind: 'CustomResourceDefinition' }),
];

export const defaultImages = ['spec', 'spec/template/spec'].flatMap((path) => ['containers', 'initContainers'].map((list) => at(`${path}/${list}[]/image`, true)));

export const defaultReplicas = ['Deployment', 'ReplicationController', 'ReplicaSet', 'StatefulSet'].map((kind) => at('spec/replicas', true, { kind }));

/** Where variables are replaced in the spec of a pod. */
const varsInPod = ['containers', 'initContainers'].flatMap((list) => ['args', 'command', 'env/value', 'volumeMounts/mountPath'].map((field) => `${list}/${field}`));

const varsOf = ({ kind, path }: PodPlace, nfs = `${path}/volumes/nfs/server`): FieldSpec[] => [...varsInPod.map((field) => `${path}/${field}`), nfs].map((place) => at(place, false, { kind }));

const varsAt = (kind: string, ...paths: string[]) => paths.map((path) => at(path, false, { kind }));

export const defaultVars: readonly FieldSpec[] = [
  ...varsOf(cronJob, 'spec/jobTemplate/spec/template/volumes/nfs/server'),
  ...varsOf(daemonSet), ...varsOf(deployment), ...varsAt('Deployment', 'spec/template/metadata/annotations'),
  ...varsAt('Ingress', 'spec/rules/host', 'spec/tls/hosts', 'spec/tls/secretName'),
  ...varsOf(job), ...varsOf(pod), ...varsOf(replicaSet), ...varsAt('Service', 'spec/ports/port', 'spec/ports/targetPort'),
  ...varsOf(statefulSet, 'spec/volumeClaimTemplates/spec/nfs/server'),
  ...varsAt('PersistentVolume', 'spec/nfs/server'),
  at('metadata/labels', false), at('metadata/annotations', false),
];
