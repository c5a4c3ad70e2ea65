import type { StatefulSet } from '../../../api/generated/apps.v1';
import type { Pod } from '../../../api/generated/core.v1';
import { isReason } from '../../../api/errors';
import { create, event, remove, update, type Action } from '../../actions';
import { namespaceTerminating } from '../../failures';
import { pods, statefulSets } from '../../resources';

/* What is done to the pods of a set, and told. Wording: StatefulPodControl of pkg/controller/statefulset. */

const done = (set: StatefulSet, verb: 'Create' | 'Update' | 'Delete', pod: Pod) => ({
  succeeded: () => [event(statefulSets, set, 'Normal', `Successful${verb}`,
    `${verb.toLowerCase()} Pod ${pod.metadata.name} in StatefulSet ${set.metadata.name} successful`)],
  failed: (error: Error) => (isReason(error, 'AlreadyExists', 'Conflict') ? [] : [failure(set, verb, pod, error.message)]),
});

export const failure = (set: StatefulSet, verb: 'Create' | 'Update' | 'Delete', pod: Pod, message: string): Action =>
  event(statefulSets, set, 'Warning', `Failed${verb}`,
    `${verb.toLowerCase()} Pod ${pod.metadata.name} in StatefulSet ${set.metadata.name} failed error: ${message}`);

export const createPod = (set: StatefulSet, pod: Pod): Action =>
  create(pods, pod, { ...done(set, 'Create', pod), tolerates: namespaceTerminating });
export const updatePod = (set: StatefulSet, pod: Pod): Action => update(pods, pod, done(set, 'Update', pod));
export const deletePod = (set: StatefulSet, pod: Pod): Action => remove(pods, pod, {}, done(set, 'Delete', pod));

export function recreating(set: StatefulSet, { metadata: { name }, status }: Pod): Action {
  const where = `StatefulSet ${set.metadata.namespace}/${set.metadata.name} is recreating`;
  return status?.phase === 'Failed'
    ? event(statefulSets, set, 'Warning', 'RecreatingFailedPod', `${where} failed Pod ${name}`)
    : event(statefulSets, set, 'Normal', 'RecreatingTerminatedPod', `${where} terminated Pod ${name}`);
}
