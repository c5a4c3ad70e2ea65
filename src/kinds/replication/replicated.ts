import type { ReplicaSetStatus } from '../../api/generated/apps.v1';
import type { PodTemplateSpec } from '../../api/generated/core.v1';
import type { KubeObject } from '../../api/meta';

/** What a ReplicaSet and a ReplicationController look like but for the selector. */
export interface Replicated extends KubeObject {
  spec?: { replicas?: number; minReadySeconds?: number; template?: PodTemplateSpec };
  status?: ReplicaSetStatus;
}
