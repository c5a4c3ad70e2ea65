import type { DaemonSet, Deployment, StatefulSet } from '../../../api/generated/apps.v1';
import type { Unstructured } from '../../../api/meta';

export interface Progress {
  text: string;
  done: boolean;
}

/** How far a rollout is; throws when it cannot be finished or told. `revision` 0: any. */
export type ProgressOf = (object: Unstructured, revision: number) => Progress;

const going = (text: string): Progress => ({ text: `${text}\n`, done: false });
const finished = (text: string): Progress => ({ text: `${text}\n`, done: true });
const onlyRolling = 'rollout status is only available for RollingUpdate strategy type';

/** By kind and group. Texts after k8s.io/kubectl/pkg/polymorphichelpers/rollout_status.go. */
export const progressViewers: Readonly<Record<string, ProgressOf>> = {
  'Deployment.apps': (object, revision) => deploymentProgress(object as unknown as Deployment, revision),
  'DaemonSet.apps': (object) => daemonSetProgress(object as unknown as DaemonSet),
  'StatefulSet.apps': (object) => statefulSetProgress(object as unknown as StatefulSet),
};

function deploymentProgress({ metadata, spec, status }: Deployment, revision: number): Progress {
  const running = Number(metadata.annotations?.['deployment.kubernetes.io/revision'] ?? 0);
  if (revision > 0 && revision !== running) throw new Error(`desired revision (${revision}) is different from the running revision (${running})`);
  if ((metadata.generation ?? 0) > (status?.observedGeneration ?? 0)) return going('Waiting for deployment spec update to be observed...');
  const name = JSON.stringify(metadata.name);
  if (status?.conditions?.some(({ type, reason }) => type === 'Progressing' && reason === 'ProgressDeadlineExceeded')) {
    throw new Error(`deployment ${name} exceeded its progress deadline`);
  }
  const waiting = `Waiting for deployment ${name} rollout to finish:`;
  const { replicas = 0, updatedReplicas: updated = 0, availableReplicas: available = 0 } = status ?? {};
  if (spec.replicas !== undefined && updated < spec.replicas) return going(`${waiting} ${updated} out of ${spec.replicas} new replicas have been updated...`);
  if (replicas > updated) return going(`${waiting} ${replicas - updated} old replicas are pending termination...`);
  if (available < updated) return going(`${waiting} ${available} of ${updated} updated replicas are available...`);
  return finished(`deployment ${name} successfully rolled out`);
}

function daemonSetProgress({ metadata, spec, status }: DaemonSet): Progress {
  if (spec.updateStrategy?.type !== 'RollingUpdate') throw new Error(onlyRolling);
  if ((metadata.generation ?? 0) > (status?.observedGeneration ?? 0)) return going('Waiting for daemon set spec update to be observed...');
  const { updatedNumberScheduled: updated = 0, desiredNumberScheduled: desired = 0, numberAvailable: available = 0 } = status ?? {};
  const waiting = `Waiting for daemon set ${JSON.stringify(metadata.name)} rollout to finish:`;
  if (updated < desired) return going(`${waiting} ${updated} out of ${desired} new pods have been updated...`);
  if (available < desired) return going(`${waiting} ${available} of ${desired} updated pods are available...`);
  return finished(`daemon set ${JSON.stringify(metadata.name)} successfully rolled out`);
}

function statefulSetProgress({ metadata, spec, status }: StatefulSet): Progress {
  if (spec.updateStrategy?.type !== 'RollingUpdate') throw new Error(onlyRolling);
  const { observedGeneration = 0, readyReplicas = 0, updatedReplicas = 0, currentReplicas = 0, updateRevision = '', currentRevision = '' } = status ?? {};
  if (!observedGeneration || (metadata.generation ?? 0) > observedGeneration) return going('Waiting for statefulset spec update to be observed...');
  if (spec.replicas !== undefined && readyReplicas < spec.replicas) return going(`Waiting for ${spec.replicas - readyReplicas} pods to be ready...`);
  const { rollingUpdate } = spec.updateStrategy;
  if (rollingUpdate) {
    const wanted = (spec.replicas ?? 0) - (rollingUpdate.partition ?? 0);
    if (spec.replicas !== undefined && rollingUpdate.partition !== undefined && updatedReplicas < wanted) {
      return going(`Waiting for partitioned roll out to finish: ${updatedReplicas} out of ${wanted} new pods have been updated...`);
    }
    return finished(`partitioned roll out complete: ${updatedReplicas} new pods have been updated...`);
  }
  if (updateRevision !== currentRevision) return going(`waiting for statefulset rolling update to complete ${updatedReplicas} pods at revision ${updateRevision}...`);
  return finished(`statefulset rolling update complete ${currentReplicas} pods at revision ${currentRevision}...`);
}
