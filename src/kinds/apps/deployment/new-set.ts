import { isReason } from '../../../api/errors';
import { semanticEqual } from '../../../api/equal';
import type { Deployment, DeploymentStatus, ReplicaSet } from '../../../api/generated/apps.v1';
import { create, event, updateStatus, type Action } from '../../actions';
import { namespaceTerminating } from '../../failures';
import { controllerRef } from '../../owners';
import { deployments, replicaSets } from '../../resources';
import { currentAnnotations, sizeAnnotations } from './annotations';
import { newCondition, progressDeadline, withCondition } from './conditions';
import { hashLabel, templateHash } from '../../template-hash';
import { currentSize } from './rolling';
import { specReplicas } from './replica-sets';

/** The ReplicaSet for the Deployment's template. The name follows from the template, so making it twice is impossible. */
export function newReplicaSet(deployment: Deployment, old: readonly ReplicaSet[], revision: number): ReplicaSet {
  const { name, namespace } = deployment.metadata;
  const { template, selector } = deployment.spec;
  const hash = templateHash(template, deployment.status?.collisionCount);
  const labels = { ...template.metadata?.labels, [hashLabel]: hash };
  return {
    metadata: {
      name: `${name}-${hash}`,
      ...(namespace !== undefined && { namespace }),
      labels,
      annotations: { ...currentAnnotations(deployment, undefined, revision), ...sizeAnnotations(deployment) },
      ownerReferences: [controllerRef(deployments, deployment)],
    },
    spec: {
      replicas: currentSize(deployment, 0, specReplicas(old)),
      ...(deployment.spec.minReadySeconds && { minReadySeconds: deployment.spec.minReadySeconds }),
      selector: { ...selector, matchLabels: { ...selector.matchLabels, [hashLabel]: hash } },
      template: { ...template, metadata: { ...template.metadata, labels } } as ReplicaSet['spec']['template'],
    },
  } as ReplicaSet;
}

export function createReplicaSet(deployment: Deployment, set: ReplicaSet, nowMs: number): Action {
  const { replicas } = set.spec;
  return create(replicaSets, set, {
    succeeded: ({ metadata: { name } }) => (replicas ? [scaled(deployment, name, 0, replicas)] : []),
    failed: (error) => (isTransient(error) ? [] : creationFailed(deployment, set, error, nowMs)),
  });
}

export const scaled = (deployment: Deployment, name: string, from: number, to: number): Action =>
  event(deployments, deployment, 'Normal', 'ScalingReplicaSet', `Scaled ${to > from ? 'up' : 'down'} replica set ${name} from ${from} to ${to}`);

/** A name that is taken is looked into once it is observed; in a namespace that ends nothing can be done. */
const isTransient = (error: Error): boolean => isReason(error, 'AlreadyExists') || namespaceTerminating(error);

function creationFailed(deployment: Deployment, set: ReplicaSet, error: Error, nowMs: number): Action[] {
  const reason = 'ReplicaSetCreateError';
  const message = `Failed to create new replica set "${set.metadata.name}": ${error.message}`;
  const reported = event(deployments, deployment, 'Warning', reason, message);
  if (progressDeadline(deployment) === undefined) return [reported];
  const conditions = withCondition(deployment.status?.conditions ?? [], newCondition('Progressing', 'False', reason, message, nowMs));
  return [...writeStatus(deployment, { ...deployment.status, conditions: [...conditions] }), reported];
}

export function writeStatus(deployment: Deployment, status: DeploymentStatus, annotations = deployment.metadata.annotations): Action[] {
  const next = { ...deployment, metadata: { ...deployment.metadata, ...(annotations && { annotations }) }, status };
  return semanticEqual(next, deployment) ? [] : [updateStatus(deployments, next)];
}
