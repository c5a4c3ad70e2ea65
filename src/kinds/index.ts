import { controllerRevision } from './apps/controllerrevision/kind';
import { daemonSet } from './apps/daemonset/kind';
import { deployment } from './apps/deployment/kind';
import { replicaSet } from './apps/replicaset/kind';
import { statefulSet } from './apps/statefulset/kind';
import { cronJob } from './batch/cronjob/kind';
import { job } from './batch/job/kind';
import { lease } from './coordination.k8s.io/lease/kind';
import { configMap } from './core/configmap/kind';
import { endpoints } from './core/endpoints/kind';
import { event } from './core/event/kind';
import { namespace } from './core/namespace/kind';
import { node } from './core/node/kind';
import { persistentVolumeClaim } from './core/persistentvolumeclaim/kind';
import { pod } from './core/pod/kind';
import { podTemplate } from './core/podtemplate/kind';
import { replicationController } from './core/replicationcontroller/kind';
import { secret } from './core/secret/kind';
import { service } from './core/service/kind';
import { serviceAccount } from './core/serviceaccount/kind';
import { endpointSlice } from './discovery.k8s.io/endpointslice/kind';
import { eventsEvent } from './events.k8s.io/event/kind';
import type { Kind } from './kind';

/** Every built-in kind: one line each. The order means nothing. */
export const kinds: readonly Kind[] = [
  namespace,
  node,
  pod,
  service,
  endpoints,
  configMap,
  secret,
  serviceAccount,
  event,
  persistentVolumeClaim,
  podTemplate,
  replicationController,
  endpointSlice,
  deployment,
  replicaSet,
  statefulSet,
  daemonSet,
  controllerRevision,
  job,
  cronJob,
  lease,
  eventsEvent,
];
