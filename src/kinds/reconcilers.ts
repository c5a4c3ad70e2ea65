import { deploymentController } from './apps/deployment/reconcile';
import { replicaSetController } from './apps/replicaset/reconcile';
import { endpointsController } from './core/endpoints/reconcile';
import { endpointSliceController } from './discovery.k8s.io/endpointslice/reconcile';
import type { Reconciler } from './reconciler';

/** Every loop that belongs to a kind: one line each. The order means nothing. */
export const reconcilers: readonly Reconciler[] = [
  deploymentController,
  replicaSetController,
  endpointsController,
  endpointSliceController,
];
