// Our words for fields that no package describes: references within status types, and kinds' status itself.
const admission = 'io.k8s.api.admissionregistration.v1.';
const authentication = 'io.k8s.api.authentication.v1.';
const autoscaling = 'io.k8s.api.autoscaling.v2.';
const core = 'io.k8s.api.core.v1.';
const extensions = 'io.k8s.apiextensions-apiserver.pkg.apis.apiextensions.v1.';
const metrics = 'io.k8s.metrics.pkg.apis.metrics.v1beta1.';

const metricsOf = (kind, noun, field, text) => ({
  [`${metrics}${kind}Metrics`]: `What a ${noun} uses.`,
  [`${metrics}${kind}Metrics#metadata`]: `Standard object metadata, with the labels of the ${noun}.`,
  [`${metrics}${kind}Metrics#timestamp`]: 'End of the window in which the usage was counted.',
  [`${metrics}${kind}Metrics#window`]: 'Length of the window in which the usage was counted.',
  [`${metrics}${kind}Metrics#${field}`]: text,
  [`${metrics}${kind}MetricsList`]: `A list of ${kind}Metrics.`,
  [`${metrics}${kind}MetricsList#metadata`]: 'Standard list metadata.',
  [`${metrics}${kind}MetricsList#items`]: `Metrics of ${noun}s.`,
});

/** `<type>` or `<type>#<field>` → description. */
export const ownDescriptions = {
  [`${admission}ValidatingAdmissionPolicyStatus#typeChecking`]: 'What checking the types of the expressions found. Present once the check is complete.',
  [`${authentication}SelfSubjectReviewStatus#userInfo`]: 'The user who made this request.',
  [`${authentication}TokenReviewStatus#user`]: 'The user whom the token stands for.',
  [`${autoscaling}ContainerResourceMetricStatus#current`]: 'The value now.',
  [`${autoscaling}ExternalMetricStatus#current`]: 'The value now.',
  [`${autoscaling}ExternalMetricStatus#metric`]: 'Name and selector of the metric.',
  [`${autoscaling}MetricStatus#containerResource`]: 'A resource of one container in each pod of the target.',
  [`${autoscaling}MetricStatus#external`]: 'A metric that belongs to no Kubernetes object.',
  [`${autoscaling}MetricStatus#object`]: 'A metric of one Kubernetes object.',
  [`${autoscaling}MetricStatus#pods`]: 'A metric of each pod of the target, averaged.',
  [`${autoscaling}MetricStatus#resource`]: 'A resource of each pod of the target, such as CPU or memory.',
  [`${autoscaling}ObjectMetricStatus#current`]: 'The value now.',
  [`${autoscaling}ObjectMetricStatus#describedObject`]: 'The object that the metric is about.',
  [`${autoscaling}ObjectMetricStatus#metric`]: 'Name and selector of the metric.',
  [`${autoscaling}PodsMetricStatus#current`]: 'The value now.',
  [`${autoscaling}PodsMetricStatus#metric`]: 'Name and selector of the metric.',
  [`${autoscaling}ResourceMetricStatus#current`]: 'The value now.',
  'io.k8s.api.batch.v1.JobStatus#uncountedTerminatedPods': 'Terminated pods that the counters of the job do not include yet.',
  [`${core}ContainerState#running`]: 'Details of a container that runs.',
  [`${core}ContainerState#terminated`]: 'Details of a container that has ended.',
  [`${core}ContainerState#waiting`]: 'Details of a container that has not started.',
  [`${core}ContainerStatus#lastState`]: 'How the previous instance of the container ended.',
  [`${core}ContainerStatus#resources`]: 'The requests and limits that the running container has.',
  [`${core}ContainerStatus#state`]: 'Whether the container waits, runs or has ended.',
  [`${core}ContainerStatus#user`]: 'The identity of the first process of the container.',
  [`${core}ContainerUser#linux`]: 'User and groups of the first process on Linux.',
  [`${core}Event#involvedObject`]: 'The object that the event is about.',
  [`${core}Event#metadata`]: 'Standard object metadata.',
  [`${core}Event#related`]: 'A second object that the event concerns.',
  [`${core}Event#series`]: 'How often the event was repeated; absent for a single one.',
  [`${core}Event#source`]: 'The component that reports the event.',
  [`${core}EventList#metadata`]: 'Standard list metadata.',
  [`${core}NodeConfigStatus#active`]: 'The configuration that the node uses.',
  [`${core}NodeConfigStatus#assigned`]: 'The configuration that the node will try.',
  [`${core}NodeConfigStatus#lastKnownGood`]: 'The configuration that the node goes back to when the assigned one fails.',
  [`${core}NodeDaemonEndpoints#kubeletEndpoint`]: 'Where the kubelet listens.',
  [`${core}NodeRuntimeHandler#features`]: 'What the handler supports.',
  [`${core}NodeStatus#config`]: 'The configurations that were assigned to the node and are in use.',
  [`${core}NodeStatus#daemonEndpoints`]: 'Where the daemons of the node listen.',
  [`${core}NodeStatus#features`]: 'What the container runtime of the node supports.',
  [`${core}NodeStatus#nodeInfo`]: 'Identifiers and versions of the node.',
  [`${core}NodeSystemInfo#swap`]: 'The swap memory of the node.',
  [`${core}PersistentVolumeClaimStatus#modifyVolumeStatus`]: 'A change of the volume attributes class that is under way; absent when there is none.',
  [`${core}ServiceStatus#loadBalancer`]: 'State of the load balancer, if the service has one.',
  'io.k8s.api.flowcontrol.v1.Subject#group': 'The group that matches; for kind Group.',
  'io.k8s.api.flowcontrol.v1.Subject#serviceAccount': 'The service account that matches; for kind ServiceAccount.',
  'io.k8s.api.flowcontrol.v1.Subject#user': 'The user who matches; for kind User.',
  [`${metrics}ContainerMetrics`]: 'What one container uses.',
  [`${metrics}ContainerMetrics#name`]: 'Name of the container, as in the pod.',
  [`${metrics}ContainerMetrics#usage`]: 'By resource: CPU as an average over the window, memory as the working set at its end.',
  ...metricsOf('Node', 'node', 'usage', 'By resource: CPU as an average over the window, memory as the working set at its end.'),
  ...metricsOf('Pod', 'pod', 'containers', 'What each container uses, within one window.'),
  'io.k8s.api.networking.v1.IngressStatus#loadBalancer': 'State of the load balancer.',
  'io.k8s.api.storage.v1.VolumeAttachmentStatus#attachError': 'Why attaching failed last.',
  'io.k8s.api.storage.v1.VolumeAttachmentStatus#detachError': 'Why detaching failed last.',
  [`${extensions}CustomResourceDefinitionStatus#acceptedNames`]: 'The names that are served; they may differ from those that were asked for.',
  [`${extensions}WebhookClientConfig#service`]: 'The service that runs the webhook. Either this or url.',
  'io.k8s.apimachinery.pkg.apis.meta.v1.APIGroup#preferredVersion': 'The version that the server prefers.',
};

/** For every kind that has one. */
export const statusDescription = 'What was last observed of the object. The system fills it in. Read-only.';
