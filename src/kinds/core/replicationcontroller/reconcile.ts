import type { ReplicationController } from '../../../api/generated/core.v1';
import type { Plan } from '../../actions';
import type { Observed, ReconcileContext } from '../../reconciler';
import { reconcileReplicas, replicationReconciler, type Replication } from '../../replication/reconcile';
import { replicationControllers } from '../../resources';

const replication: Replication<ReplicationController> = {
  name: 'replication-controller',
  resource: replicationControllers,
  selectorOf: ({ spec }) => (spec?.selector && { matchLabels: spec.selector }),
};

export const replicationControllerController = replicationReconciler(replication);

export const reconcileReplicationController = (controller: ReplicationController, observed: Observed, context: ReconcileContext): Plan =>
  reconcileReplicas(replication, controller, observed, context);
