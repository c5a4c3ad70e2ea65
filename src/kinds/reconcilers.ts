import { validatingAdmissionPolicyStatusController } from './admissionregistration.k8s.io/validatingadmissionpolicy/reconcile';
import { daemonSetController } from './apps/daemonset/reconcile';
import { deploymentController } from './apps/deployment/reconcile';
import { replicaSetController } from './apps/replicaset/reconcile';
import { statefulSetController } from './apps/statefulset/reconcile';
import { cronJobController } from './batch/cronjob/reconcile';
import { jobOrphanController } from './batch/job/orphans';
import { jobController } from './batch/job/reconcile';
import { ttlAfterFinishedController } from './batch/job/ttl';
import { rootCAController } from './core/configmap/reconcile';
import { endpointsController } from './core/endpoints/reconcile';
import { nodeLifecycleController } from './core/node/reconcile';
import { volumeBinderController } from './core/persistentvolume/reconcile';
import { claimBinderController } from './core/persistentvolumeclaim/reconcile';
import { ephemeralVolumeController } from './core/pod/ephemeral-volumes';
import { podGarbageCollector } from './core/pod/reconcile';
import { taintEvictionController } from './core/pod/taint-eviction';
import { replicationControllerController } from './core/replicationcontroller/reconcile';
import { serviceAccountController } from './core/serviceaccount/reconcile';
import { endpointSliceMirroringController } from './discovery.k8s.io/endpointslice/mirror';
import { endpointSliceController } from './discovery.k8s.io/endpointslice/reconcile';
import { flowSchemaController } from './flowcontrol.apiserver.k8s.io/flowschema/reconcile';
import { localProvisionerController } from './local-storage/provision';
import { localVolumeController } from './local-storage/reclaim';
import { disruptionController } from './policy/poddisruptionbudget/reconcile';
import { clusterRoleAggregationController } from './rbac.authorization.k8s.io/clusterrole/reconcile';
import type { Reconciler } from './reconciler';
import { claimProtectionController, volumeProtectionController } from './storage-protection';

export interface ReconcilerOptions {
  /** PEM of the cluster's CA; without it none is published. */
  readonly clusterCA?: string;
  /** Where the files of provisioned volumes are, on the host; without it none are made. */
  readonly volumesDirectory?: string;
}

/** Every loop that belongs to a kind: one line each. The order means nothing. */
export const reconcilers = ({ clusterCA, volumesDirectory }: ReconcilerOptions = {}): readonly Reconciler[] => [
  deploymentController,
  replicaSetController,
  daemonSetController,
  statefulSetController,
  jobController,
  cronJobController,
  disruptionController,
  jobOrphanController,
  ttlAfterFinishedController,
  replicationControllerController,
  endpointsController,
  endpointSliceController,
  endpointSliceMirroringController,
  nodeLifecycleController,
  podGarbageCollector,
  claimBinderController,
  volumeBinderController,
  ephemeralVolumeController,
  localVolumeController,
  claimProtectionController,
  volumeProtectionController,
  taintEvictionController,
  serviceAccountController,
  clusterRoleAggregationController,
  validatingAdmissionPolicyStatusController,
  ...(volumesDirectory !== undefined ? [localProvisionerController(volumesDirectory)] : []),
  flowSchemaController,
  ...(clusterCA ? [rootCAController(clusterCA)] : []),
];
