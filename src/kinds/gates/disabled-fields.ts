/** `spec.devices[].taints`: a path in the form in which a kind is stored; `[]` stands for each item of a list. */
export type FieldPath = string;

export interface Gate {
  /** Kubernetes' feature gate. */
  readonly name: string;
  /** `group/plural`: the fields are taken where this API is served, as both come with the same flag for beta. Without one they never are. */
  readonly api?: string;
  /** By `group/plural` of what has them. */
  readonly fields: Readonly<Record<string, readonly FieldPath[]>>;
}

/** Where a kind has the spec of a pod. */
const podSpecs: Readonly<Record<string, string>> = {
  '/pods': 'spec', '/podtemplates': 'template.spec', '/replicationcontrollers': 'spec.template.spec',
  'apps/deployments': 'spec.template.spec', 'apps/replicasets': 'spec.template.spec', 'apps/daemonsets': 'spec.template.spec',
  'apps/statefulsets': 'spec.template.spec', 'batch/jobs': 'spec.template.spec', 'batch/cronjobs': 'spec.jobTemplate.spec.template.spec',
};

const inPodSpecs = (paths: readonly FieldPath[]) =>
  Object.fromEntries(Object.entries(podSpecs).map(([resource, at]) => [resource, paths.map((path) => `${at}.${path}`)]));

const containerStatuses = ['containerStatuses', 'initContainerStatuses', 'ephemeralContainerStatuses'];
const claims = 'resource.k8s.io/resourceclaims';

/**
 * Fields of features that 1.33 has switched off: dropped from what is written, unless the object has some of them already.
 * Source: +featureGate in k8s.io/api, pkg/features/kube_features.go, and the dropDisabledFields of each strategy.
 */
export const gates: readonly Gate[] = [
  { name: 'PodLevelResources', fields: inPodSpecs(['resources']) },
  { name: 'ContainerStopSignals', fields: inPodSpecs(['containers[].lifecycle.stopSignal', 'initContainers[].lifecycle.stopSignal']) },
  { name: 'PodObservedGenerationTracking', fields: { '/pods': ['status.observedGeneration', 'status.conditions[].observedGeneration'] } },
  { name: 'ResourceHealthStatus', fields: { '/pods': containerStatuses.map((list) => `status.${list}[].allocatedResourcesStatus`) } },
  {
    name: 'DynamicResourceAllocation', api: claims,
    fields: inPodSpecs(['resourceClaims', ...['containers', 'initContainers', 'ephemeralContainers'].map((list) => `${list}[].resources.claims`)]),
  },
  { name: 'ClusterTrustBundleProjection', api: 'certificates.k8s.io/clustertrustbundles', fields: inPodSpecs(['volumes[].projected.sources[].clusterTrustBundle']) },
  {
    name: 'VolumeAttributesClass', api: 'storage.k8s.io/volumeattributesclasses',
    fields: { '/persistentvolumeclaims': ['spec.volumeAttributesClassName', 'status.currentVolumeAttributesClassName', 'status.modifyVolumeStatus'], '/persistentvolumes': ['spec.volumeAttributesClassName'] },
  },
  { name: 'CoordinatedLeaderElection', api: 'coordination.k8s.io/leasecandidates', fields: { 'coordination.k8s.io/leases': ['spec.strategy', 'spec.preferredHolder'] } },
  {
    name: 'MutableCSINodeAllocatableCount',
    fields: {
      'storage.k8s.io/csidrivers': ['spec.nodeAllocatableUpdatePeriodSeconds'],
      'storage.k8s.io/volumeattachments': ['status.attachError.errorCode', 'status.detachError.errorCode'],
    },
  },
  { name: 'MaxUnavailableStatefulSet', fields: { 'apps/statefulsets': ['spec.updateStrategy.rollingUpdate.maxUnavailable'] } },
  { name: 'HPAConfigurableTolerance', fields: { 'autoscaling/horizontalpodautoscalers': ['spec.behavior.scaleUp.tolerance', 'spec.behavior.scaleDown.tolerance'] } },
  { name: 'DeploymentReplicaSetTerminatingReplicas', fields: { 'apps/deployments': ['status.terminatingReplicas'], 'apps/replicasets': ['status.terminatingReplicas'] } },
  { name: 'PreferSameTrafficDistribution', fields: { 'discovery.k8s.io/endpointslices': ['endpoints[].hints.forNodes'] } },
  {
    name: 'DRAAdminAccess',
    fields: {
      [claims]: ['spec.devices.requests[].exactly.adminAccess', 'status.allocation.devices.results[].adminAccess'],
      'resource.k8s.io/resourceclaimtemplates': ['spec.spec.devices.requests[].exactly.adminAccess'],
    },
  },
  {
    name: 'DRAPrioritizedList',
    fields: { [claims]: ['spec.devices.requests[].firstAvailable'], 'resource.k8s.io/resourceclaimtemplates': ['spec.spec.devices.requests[].firstAvailable'] },
  },
  {
    name: 'DRAPartitionableDevices',
    fields: {
      'resource.k8s.io/resourceslices': [
        'spec.perDeviceNodeSelection', 'spec.sharedCounters',
        ...['consumesCounters', 'nodeName', 'nodeSelector', 'allNodes'].map((field) => `spec.devices[].${field}`),
      ],
    },
  },
  { name: 'DRADeviceTaints', fields: { 'resource.k8s.io/resourceslices': ['spec.devices[].taints'] } },
];
