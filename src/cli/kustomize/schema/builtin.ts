import { list, mergedList, object, type Schema } from './schema';
import { clusterScopedKinds, namespacedKinds } from './scopes';

// The lists that are merged in Kubernetes 1.21.2, whose schema kustomize 5.6 carries: patch strategies and list map keys of its OpenAPI document.
const metadata = object({ finalizers: mergedList(''), ownerReferences: mergedList('uid') });
const conditions = object({ conditions: mergedList('type') });

const containerFields = { env: mergedList('name'), volumeDevices: mergedList('devicePath'), volumeMounts: mergedList('mountPath') };
const container = object({ ...containerFields, ports: mergedList('containerPort protocol') });
const volumeClaim = { metadata, status: conditions };
const podSpec = object({
  containers: mergedList('name', container),
  ephemeralContainers: mergedList('name', object(containerFields)),
  hostAliases: mergedList('ip'),
  imagePullSecrets: mergedList('name'),
  initContainers: mergedList('name', container),
  topologySpreadConstraints: mergedList('topologyKey whenUnsatisfiable'),
  volumes: mergedList('name', object({ ephemeral: object({ volumeClaimTemplate: object({ metadata }) }) })),
});
const podTemplate = object({ metadata, spec: podSpec });
const templateSpec = object({ template: podTemplate });
const workload = { spec: templateSpec, status: conditions };
const jobTemplate = object({ jobTemplate: object({ metadata, spec: templateSpec }) });

const webhooks = { webhooks: mergedList('name') };
const drivers = { spec: object({ drivers: mergedList('name') }) };

/** What kinds have beside their metadata. */
const kinds: Record<string, Record<string, Schema>> = {
  'admissionregistration.k8s.io/v1 MutatingWebhookConfiguration': webhooks,
  'admissionregistration.k8s.io/v1 ValidatingWebhookConfiguration': webhooks,
  'admissionregistration.k8s.io/v1beta1 MutatingWebhookConfiguration': webhooks,
  'admissionregistration.k8s.io/v1beta1 ValidatingWebhookConfiguration': webhooks,
  'apiregistration.k8s.io/v1 APIService': { status: conditions },
  'apiregistration.k8s.io/v1beta1 APIService': { status: conditions },
  // Opaque: what it holds may look like an object, but is not merged as one.
  'apps/v1 ControllerRevision': { data: object() },
  'apps/v1 DaemonSet': workload,
  'apps/v1 Deployment': workload,
  'apps/v1 ReplicaSet': workload,
  'apps/v1 StatefulSet': { spec: object({ template: podTemplate, volumeClaimTemplates: list(object(volumeClaim)) }), status: conditions },
  'batch/v1 CronJob': { spec: jobTemplate },
  'batch/v1 Job': workload,
  'batch/v1beta1 CronJob': { spec: jobTemplate },
  'policy/v1 PodDisruptionBudget': { status: conditions },
  'policy/v1beta1 PodDisruptionBudget': { status: conditions },
  'storage.k8s.io/v1 CSINode': drivers,
  'storage.k8s.io/v1beta1 CSINode': drivers,
  'v1 ComponentStatus': { conditions: mergedList('type') },
  'v1 Namespace': { status: conditions },
  'v1 Node': { spec: object({ podCIDRs: mergedList('') }), status: object({ addresses: mergedList('type'), conditions: mergedList('type') }) },
  'v1 PersistentVolumeClaim': volumeClaim,
  'v1 Pod': { spec: podSpec, status: object({ conditions: mergedList('type'), podIPs: mergedList('ip') }) },
  'v1 PodTemplate': { template: podTemplate },
  'v1 ReplicationController': workload,
  'v1 Service': { spec: object({ ports: mergedList('port protocol') }), status: conditions },
  'v1 ServiceAccount': { secrets: mergedList('name') },
};

/** Kinds that are known, but only by what is asked of the API about them. */
const withoutScope = new Set(['policy/v1beta1 Eviction', 'v1 Binding']);

/** The schema of a kind that Kubernetes 1.21.2 had. `type`: `<apiVersion> <kind>`. */
export function builtinSchema(type: string): Schema | undefined {
  const isKnown = clusterScopedKinds.has(type) || namespacedKinds.has(type) || withoutScope.has(type);
  return isKnown ? object({ metadata, ...kinds[type] }) : undefined;
}
