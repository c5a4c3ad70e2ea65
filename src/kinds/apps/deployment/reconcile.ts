import { semanticEqual } from '../../../api/equal';
import type { Deployment, ReplicaSet } from '../../../api/generated/apps.v1';
import type { Pod } from '../../../api/generated/core.v1';
import { controllerOf, objectKey } from '../../../api/meta';
import { event, remove, update, type Action, type Plan } from '../../actions';
import { claim, controlledBy, watchOwned } from '../../owners';
import { isFinished } from '../../pod-state';
import { reconciler, watch, type Observed, type ReconcileContext } from '../../reconciler';
import { deployments, pods, replicaSets } from '../../resources';
import { currentAnnotations, nextRevision, revisionAnnotation, sizeAnnotations } from './annotations';
import { superfluous } from './cleanup';
import { conditionOf, newCondition, notePause, progressDeadline, withCondition, type Conditions } from './conditions';
import { createReplicaSet, newReplicaSet, scaled, writeStatus } from './new-set';
import { actualReplicas, isActiveSet, isSettled, replicasOf, sortOut, type ReplicaSets } from './replica-sets';
import { rollingSizes } from './rolling';
import { isScalingEvent, noChange, scaledSizes, type Sizes } from './scaling';
import { calculateStatus, isComplete, progressCheckAfterMs, rolloutStatus } from './status';

/** Moves a Deployment's pods from one ReplicaSet to the next. After k8s.io/kubernetes/pkg/controller/deployment. */
export const deploymentController = reconciler<Deployment>({
  name: 'deployment-controller',
  resource: deployments,
  watches: [
    watchOwned(replicaSets, deployments, (deployment) => deployment.spec.selector),
    // Recreate waits for the last old pod to go.
    watch({
      resource: pods,
      concerns: (pod, old) => isFinished(pod) !== isFinished(old),
      keys: (pod, observed) => recreating(pod, observed).map((deployment) => objectKey(deployment)),
    }),
  ],
  reconcile: reconcileDeployment,
});

function recreating(pod: Pod, observed: Observed): Deployment[] {
  const { namespace } = pod.metadata;
  const owner = controllerOf(pod);
  const set = owner?.kind === 'ReplicaSet' ? observed.get(replicaSets, owner.name, namespace) : undefined;
  const grandowner = set && controllerOf(set);
  const deployment = grandowner?.kind === 'Deployment' ? observed.get(deployments, grandowner.name, namespace) : undefined;
  return deployment?.spec.strategy?.type === 'Recreate' ? [deployment] : [];
}

/** What one pass decides. */
interface Step {
  readonly sizes: Sizes;
  /** A ReplicaSet for the current template has to be made. */
  readonly create?: boolean;
  readonly cleanUp?: boolean;
  /** The pass is part of a rollout, whose progress is to be told. */
  readonly rollout: boolean;
}

export function reconcileDeployment(deployment: Deployment, observed: Observed, { nowMs }: ReconcileContext): Plan {
  if (selectsEverything(deployment)) return refuse(deployment);
  const { owned, actions: claims } = claim(observed, replicaSets, deployment, deployments, deployment.spec.selector);
  const sets = sortOut(deployment, owned);
  const step = deployment.metadata.deletionTimestamp ? { sizes: noChange, rollout: false } : decide(deployment, sets, observed);
  const pass = new Pass(deployment, sets, step, nowMs);
  return { actions: [...claims, ...pass.actions(observed)], ...pass.requeue() };
}

/**
 * Steps are taken from sets that have caught up with their last one. Upstream does not wait, and so may have more
 * pods than the surge allows, or fewer available than it promises, for a moment.
 */
function decide(deployment: Deployment, sets: ReplicaSets, observed: Observed): Step {
  const step = nextStep(deployment, sets, observed);
  const settled = [...sets.old, ...(sets.current ? [sets.current] : [])].every(isSettled);
  return settled ? step : { sizes: noChange, rollout: step.rollout };
}

function nextStep(deployment: Deployment, sets: ReplicaSets, observed: Observed): Step {
  if (deployment.spec.paused) return { sizes: scaledSizes(deployment, sets), cleanUp: true, rollout: false };
  if (isScalingEvent(deployment, sets)) return { sizes: scaledSizes(deployment, sets), rollout: false };
  return deployment.spec.strategy?.type === 'Recreate' ? recreate(deployment, sets, observed) : roll(deployment, sets);
}

function roll(deployment: Deployment, { current, old }: ReplicaSets): Step {
  if (!current) return { sizes: noChange, create: true, rollout: true };
  const sizes = rollingSizes(deployment, current, old);
  return { sizes, cleanUp: sizes.size === 0 && isComplete(deployment, deployment.status), rollout: true };
}

/** The new pods come when the last old one has gone. */
function recreate(deployment: Deployment, { current, old }: ReplicaSets, observed: Observed): Step {
  const active = old.filter(isActiveSet);
  if (active.length > 0) return { sizes: new Map(active.map((set) => [set, 0])), rollout: true };
  const lingering = old.some((set) => controlledBy(observed, pods, set).some((pod) => !isFinished(pod)));
  if (actualReplicas(old) > 0 || lingering) return { sizes: noChange, rollout: true };
  if (!current) return { sizes: noChange, create: true, rollout: true };
  const desired = deployment.spec.replicas ?? 1;
  const sizes: Sizes = replicasOf(current) === desired ? noChange : new Map([[current, desired]]);
  return { sizes, cleanUp: isComplete(deployment, deployment.status), rollout: true };
}

/** Turns a step into actions: the sets first, the Deployment's own status last. */
class Pass {
  private readonly revision: number;

  constructor(private readonly deployment: Deployment, private readonly sets: ReplicaSets, private readonly step: Step, private readonly nowMs: number) {
    this.revision = nextRevision(sets.old);
  }

  actions(observed: Observed): Action[] {
    const { deployment, step, sets, nowMs } = this;
    const made = step.create ? newReplicaSet(deployment, sets.old, this.revision) : undefined;
    if (made && observed.get(replicaSets, made.metadata.name, made.metadata.namespace)) return this.moveOnFromCollision();
    return [
      ...[...sets.old, ...(sets.current ? [sets.current] : [])].flatMap((set) => this.resize(set)),
      ...(made ? [createReplicaSet(deployment, made, nowMs)] : []),
      ...(step.cleanUp ? superfluous(deployment, sets.old).map((set) => remove(replicaSets, set)) : []),
      ...this.status(made),
    ];
  }

  requeue(): { requeueAfterMs?: number } {
    const after = progressCheckAfterMs(this.deployment, this.deployment.status ?? {}, this.nowMs);
    return after === undefined ? {} : { requeueAfterMs: after };
  }

  /** Size and annotations in one write. */
  private resize(set: ReplicaSet): Action[] {
    const { deployment, sets, step } = this;
    const size = step.sizes.get(set);
    const isCurrent = set === sets.current && !deployment.metadata.deletionTimestamp;
    const known = set.metadata.annotations;
    const annotations = {
      ...(isCurrent ? currentAnnotations(deployment, known, this.revision) : known),
      ...(size !== undefined && sizeAnnotations(deployment)),
    };
    const next: ReplicaSet = {
      ...set,
      metadata: { ...set.metadata, annotations },
      spec: {
        ...set.spec, replicas: size ?? replicasOf(set),
        ...(isCurrent && deployment.spec.minReadySeconds !== undefined && { minReadySeconds: deployment.spec.minReadySeconds }),
      },
    };
    if (semanticEqual(next, set)) return [];
    const [from, to] = [replicasOf(set), replicasOf(next)];
    return [update(replicaSets, next, { succeeded: () => (from === to ? [] : [scaled(deployment, set.metadata.name, from, to)]) })];
  }

  private status(made: ReplicaSet | undefined): Action[] {
    const { deployment, sets, step, nowMs } = this;
    const all = made ? { ...sets, current: made } : sets;
    const conditions = this.conditions(made);
    const calculate = step.rollout ? rolloutStatus : calculateStatus;
    return writeStatus(deployment, calculate(deployment, all, conditions, nowMs), this.annotations(made));
  }

  /** The Deployment bears the revision of its current set. */
  private annotations(made: ReplicaSet | undefined): Record<string, string> | undefined {
    const { deployment, sets } = this;
    const set = made ?? sets.current;
    if (!set) return deployment.metadata.annotations;
    const { [revisionAnnotation]: revision = '' } = currentAnnotations(deployment, set.metadata.annotations, this.revision);
    return { ...deployment.metadata.annotations, [revisionAnnotation]: revision };
  }

  private conditions(made: ReplicaSet | undefined): Conditions {
    const { deployment, sets, nowMs } = this;
    const known = notePause(deployment, deployment.status?.conditions ?? [], nowMs);
    if (progressDeadline(deployment) === undefined) return known;
    if (made) return withCondition(known, newCondition('Progressing', 'True', 'NewReplicaSetCreated', `Created new replica set "${made.metadata.name}"`, nowMs));
    if (!sets.current || conditionOf(known, 'Progressing')) return known;
    return withCondition(known, newCondition('Progressing', 'True', 'FoundNewReplicaSet', `Found new replica set "${sets.current.metadata.name}"`, nowMs));
  }

  /** Another template, or somebody else's ReplicaSet, has the name. */
  private moveOnFromCollision(): Action[] {
    const { deployment } = this;
    return writeStatus(deployment, { ...deployment.status, collisionCount: (deployment.status?.collisionCount ?? 0) + 1 });
  }
}

const selectsEverything = ({ spec: { selector } }: Deployment) => semanticEqual(selector, {});

function refuse(deployment: Deployment): Plan {
  const message = 'This deployment is selecting all pods. A non-empty selector is required.';
  const observedGeneration = Math.max(deployment.status?.observedGeneration ?? 0, deployment.metadata.generation ?? 0);
  return {
    actions: [
      event(deployments, deployment, 'Warning', 'SelectingAll', message),
      ...writeStatus(deployment, { ...deployment.status, observedGeneration }),
    ],
  };
}
