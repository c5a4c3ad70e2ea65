import { controllerRevision } from '../apps/controllerrevision/kind';
import { daemonSet } from '../apps/daemonset/kind';
import { deployment } from '../apps/deployment/kind';
import { replicaSet } from '../apps/replicaset/kind';
import { statefulSet } from '../apps/statefulset/kind';
import { horizontalPodAutoscaler } from '../autoscaling/horizontalpodautoscaler/kind';
import { cronJob } from '../batch/cronjob/kind';
import { lease } from '../coordination.k8s.io/lease/kind';
import { event } from '../core/event/kind';
import { endpointSlice } from '../discovery.k8s.io/endpointslice/kind';
import { flowSchema } from '../flowcontrol.apiserver.k8s.io/flowschema/kind';
import { priorityLevelConfiguration } from '../flowcontrol.apiserver.k8s.io/prioritylevelconfiguration/kind';
import type { Kind } from '../kind';
import { ingress } from '../networking.k8s.io/ingress/kind';
import { ingressClass } from '../networking.k8s.io/ingressclass/kind';
import { networkPolicy } from '../networking.k8s.io/networkpolicy/kind';
import { runtimeClass } from '../node.k8s.io/runtimeclass/kind';
import { podDisruptionBudget } from '../policy/poddisruptionbudget/kind';
import { clusterRole } from '../rbac.authorization.k8s.io/clusterrole/kind';
import { clusterRoleBinding } from '../rbac.authorization.k8s.io/clusterrolebinding/kind';
import { role } from '../rbac.authorization.k8s.io/role/kind';
import { roleBinding } from '../rbac.authorization.k8s.io/rolebinding/kind';
import { priorityClass } from '../scheduling.k8s.io/priorityclass/kind';
import { csiDriver } from '../storage.k8s.io/csidriver/kind';
import { csiNode } from '../storage.k8s.io/csinode/kind';
import { csiStorageCapacity } from '../storage.k8s.io/csistoragecapacity/kind';
import { storageClass } from '../storage.k8s.io/storageclass/kind';
import { volumeAttachment } from '../storage.k8s.io/volumeattachment/kind';
import { otherVersion } from '../versions/other-version';
import { flatAutoscalerConversion } from './autoscaler';
import { disruptionBudgetConversion } from './disruption-budget';
import { endpointSliceConversion } from './endpoint-slice';
import { eventConversion } from './event';
import { ingressConversion, ingressDefaults } from './ingress';
import { webhookConfigurations, webhookDefaults } from './webhooks';
import { daemonSetConversion, deploymentConversion, extensionsDeploymentDefaults, firstDeploymentDefaults, labelsOfTemplate, onDeleteDefaults } from './workloads';

interface Life {
  /** Minor versions of Kubernetes. */
  readonly deprecated: number;
  readonly removed: number;
  /** `networking.k8s.io/v1 Ingress` where upstream names another than the stored kind. */
  readonly replacement?: string | null;
}

type Options = Omit<Parameters<typeof otherVersion>[1], 'version' | 'types' | 'deprecation'>;

/** Wording: WarningMessage in k8s.io/apiserver/pkg/endpoints/deprecation. */
function legacy(of: Kind, name: string, { deprecated, removed, replacement = `${of.group}/${of.version} ${of.kind}` }: Life, options: Options = {}): Kind {
  const [group, version] = name.split('/') as [string, string];
  const use = replacement === null ? '' : `; use ${replacement}`;
  return otherVersion(of, {
    ...options, group, version, types: `${group.split('.')[0]}.${version}`,
    deprecation: `${name} ${of.kind} is deprecated in v1.${deprecated}+, unavailable in v1.${removed}+${use}`,
  });
}

const extensions = 'extensions/v1beta1';
const apps1 = 'apps/v1beta1';
const apps2 = 'apps/v1beta2';
const networking = 'networking.k8s.io/v1beta1';
const in16 = (deprecated: number): Life => ({ deprecated, removed: 16 });
const in22 = (deprecated: number): Life => ({ deprecated, removed: 22 });
const in25 = (deprecated: number): Life => ({ deprecated, removed: 25 });

const rbac = (kind: Kind) => legacy(kind, 'rbac.authorization.k8s.io/v1beta1', in22(17));
const storage = (kind: Kind, life: Life) => legacy(kind, 'storage.k8s.io/v1beta1', life);

/**
 * Versions that Kubernetes served before 1.33, in the form of the kinds that took their place: served with --legacy-apis.
 * Source of the years: k8s.io/api, zz_generated.prerelease-lifecycle.go of each.
 */
export const legacyKinds: readonly Kind[] = [
  legacy(deployment as Kind, extensions, in16(8), { conversion: deploymentConversion(extensions), setDefaults: extensionsDeploymentDefaults }),
  legacy(daemonSet as Kind, extensions, in16(8), { conversion: daemonSetConversion(extensions), setDefaults: onDeleteDefaults }),
  legacy(replicaSet as Kind, extensions, in16(8), { setDefaults: labelsOfTemplate }),
  legacy(ingress as Kind, extensions, in22(14), { conversion: ingressConversion(extensions), setDefaults: ingressDefaults }),
  legacy(networkPolicy as Kind, extensions, in16(9)),
  legacy(deployment as Kind, apps1, in16(8), { conversion: deploymentConversion(apps1), setDefaults: firstDeploymentDefaults }),
  legacy(statefulSet as Kind, apps1, in16(8), { setDefaults: onDeleteDefaults }),
  legacy(controllerRevision as Kind, apps1, in16(8)),
  ...[deployment, daemonSet, replicaSet, statefulSet, controllerRevision].map((kind) => legacy(kind as Kind, apps2, in16(9))),
  legacy(cronJob as Kind, 'batch/v1beta1', in25(21)),
  legacy(ingress as Kind, networking, in22(19), { conversion: ingressConversion(networking), setDefaults: ingressDefaults }),
  // The wrong name is what upstream says.
  legacy(ingressClass as Kind, networking, { ...in22(19), replacement: 'networking.k8s.io/v1 IngressClassList' }),
  legacy(podDisruptionBudget as Kind, 'policy/v1beta1', in25(21), { conversion: disruptionBudgetConversion }),
  legacy(horizontalPodAutoscaler as Kind, 'autoscaling/v2beta1', in25(22), { conversion: flatAutoscalerConversion }),
  legacy(horizontalPodAutoscaler as Kind, 'autoscaling/v2beta2', { deprecated: 23, removed: 26 }),
  ...webhookConfigurations.map((kind) => legacy(kind, 'admissionregistration.k8s.io/v1beta1', in22(16), { setDefaults: webhookDefaults })),
  legacy(event as Kind, 'events.k8s.io/v1beta1', { ...in25(22), replacement: null }, { conversion: eventConversion }),
  legacy(endpointSlice as Kind, 'discovery.k8s.io/v1beta1', in25(21), { conversion: endpointSliceConversion }),
  ...[flowSchema, priorityLevelConfiguration].map((kind) => legacy(kind as Kind, 'flowcontrol.apiserver.k8s.io/v1beta3', { deprecated: 29, removed: 32 })),
  ...[role, clusterRole, roleBinding, clusterRoleBinding].map((kind) => rbac(kind as Kind)),
  legacy(priorityClass as Kind, 'scheduling.k8s.io/v1beta1', in22(14)),
  legacy(lease as Kind, 'coordination.k8s.io/v1beta1', in22(19)),
  legacy(runtimeClass as Kind, 'node.k8s.io/v1beta1', { ...in25(22), replacement: null }),
  storage(csiDriver as Kind, in22(19)),
  storage(csiNode as Kind, in22(17)),
  storage(csiStorageCapacity as Kind, { deprecated: 24, removed: 27 }),
  storage(storageClass as Kind, in22(19)),
  storage(volumeAttachment as Kind, in22(19)),
];
