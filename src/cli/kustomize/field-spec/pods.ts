/** Where kinds hold the spec of a pod. */
export interface PodPlace {
  kind: string;
  path: string;
  version?: string;
}

const template = (kind: string): PodPlace => ({ kind, path: 'spec/template/spec' });

export const pod: PodPlace = { kind: 'Pod', path: 'spec' };
export const cronJob: PodPlace = { kind: 'CronJob', path: 'spec/jobTemplate/spec/template/spec' };
export const [deployment, replicaSet, daemonSet, statefulSet, job, replicationController] =
  ['Deployment', 'ReplicaSet', 'DaemonSet', 'StatefulSet', 'Job', 'ReplicationController'].map(template) as [PodPlace, PodPlace, PodPlace, PodPlace, PodPlace, PodPlace];
export const podTemplate: PodPlace = { kind: 'PodTemplate', path: 'template/spec' };
