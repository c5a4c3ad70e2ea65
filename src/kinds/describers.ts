import { daemonSetDescribe } from './apps/daemonset/describe';
import { deploymentDescribe } from './apps/deployment/describe';
import { replicaSetDescribe } from './apps/replicaset/describe';
import { statefulSetDescribe } from './apps/statefulset/describe';
import { cronJobDescribe } from './batch/cronjob/describe';
import { jobDescribe } from './batch/job/describe';
import { configMapDescribe } from './core/configmap/describe';
import { endpointsDescribe } from './core/endpoints/describe';
import { namespaceDescribe } from './core/namespace/describe';
import { nodeDescribe } from './core/node/describe';
import { persistentVolumeClaimDescribe } from './core/persistentvolumeclaim/describe';
import { podDescribe } from './core/pod/describe';
import { replicationControllerDescribe } from './core/replicationcontroller/describe';
import { secretDescribe } from './core/secret/describe';
import { serviceDescribe } from './core/service/describe';
import { serviceAccountDescribe } from './core/serviceaccount/describe';
import type { Describe } from './describe';
import { describeGeneric } from './describing/generic';
import { endpointSliceDescribe } from './discovery.k8s.io/endpointslice/describe';

export { describeGeneric };

/** Every kind with a description of its own. The rest take `describeGeneric`, as kubectl has it: events and leases among them. */
export const describers: readonly Describe[] = [
  configMapDescribe,
  cronJobDescribe,
  daemonSetDescribe,
  deploymentDescribe,
  endpointsDescribe,
  endpointSliceDescribe,
  jobDescribe,
  namespaceDescribe,
  nodeDescribe,
  persistentVolumeClaimDescribe,
  podDescribe,
  replicaSetDescribe,
  replicationControllerDescribe,
  secretDescribe,
  serviceDescribe,
  serviceAccountDescribe,
  statefulSetDescribe,
];

export function describerFor({ group, kind }: { group: string; kind: string }): Describe {
  return describers.find((describe) => describe.group === group && describe.kind === kind) ?? describeGeneric;
}
