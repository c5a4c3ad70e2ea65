import type { ReplicaSet } from '../../../api/generated/apps.v1';
import type { Plan } from '../../actions';
import type { Observed, ReconcileContext } from '../../reconciler';
import { reconcileReplicas, replicationReconciler, type Replication } from '../../replication/reconcile';
import { replicaSets } from '../../resources';

const replication: Replication<ReplicaSet> = {
  name: 'replicaset-controller',
  resource: replicaSets,
  selectorOf: (set) => set.spec.selector,
};

export const replicaSetController = replicationReconciler(replication);

export const reconcileReplicaSet = (set: ReplicaSet, observed: Observed, context: ReconcileContext): Plan =>
  reconcileReplicas(replication, set, observed, context);
