import { timestamp } from '../../api/clock';
import type { Binding, Pod, PodCondition } from '../../api/generated/core.v1';
import type { Client } from '../../client/client';
import { podCondition, withDisruption } from '../../kinds/pod-state';
import { pods } from '../../kinds/resources';
import { schedulerName } from './observe';

/** Resolves when the server has given the pod to the node. */
export async function bind(client: Client, pod: Pod, nodeName: string): Promise<void> {
  const { name, namespace, uid } = pod.metadata;
  const binding: Binding = {
    apiVersion: 'v1', kind: 'Binding',
    metadata: { name, ...(namespace && { namespace }), ...(uid && { uid }) },
    target: { kind: 'Node', name: nodeName },
  };
  await client.create(pods, binding, { subresource: 'binding', name });
}

export interface Unscheduled {
  readonly reason: 'Unschedulable' | 'SchedulerError';
  readonly message: string;
  /** The node that others make room on. */
  readonly nominatedNode?: string;
}

/** The condition PodScheduled=False, written only when it says something new. A lost race is left to the next try. */
export async function noteUnscheduled(client: Client, pod: Pod, { reason, message, nominatedNode }: Unscheduled, nowMs: number): Promise<void> {
  const known = podCondition(pod, 'PodScheduled');
  const { nominatedNodeName, ...status } = pod.status ?? {};
  const nominated = nominatedNode ?? nominatedNodeName;
  if (nominated === nominatedNodeName && known?.status === 'False' && known.reason === reason && known.message === message) return;
  const lastTransitionTime = known?.status === 'False' ? known.lastTransitionTime ?? timestamp(nowMs) : timestamp(nowMs);
  const condition: PodCondition = { type: 'PodScheduled', status: 'False', lastTransitionTime, reason, message };
  const others = (pod.status?.conditions ?? []).filter(({ type }) => type !== 'PodScheduled');
  await client.update(pods, { apiVersion: 'v1', kind: 'Pod', ...pod, status: { ...status, ...(nominated && { nominatedNodeName: nominated }), conditions: [...others, condition] } }, { subresource: 'status' });
}

/** Deletes a pod that has to make room, and says why on it. */
export async function preempt(client: Client, victim: Pod, nowMs: number): Promise<void> {
  const { name, namespace, uid } = victim.metadata;
  // What was known of it when it was placed is too old to write its status.
  const current = await client.get<Pod>(pods, name, namespace);
  if (current.metadata.uid !== uid || current.metadata.deletionTimestamp) return;
  const marked = withDisruption(current, 'PreemptionByScheduler', `${schedulerName}: preempting to accommodate a higher priority pod`, nowMs);
  await client.update(pods, { apiVersion: 'v1', kind: 'Pod', ...marked }, { subresource: 'status' });
  await client.delete(pods, name, namespace, uid ? { preconditions: { uid } } : {});
}

export const podReference = ({ metadata: { name, namespace, uid, resourceVersion } }: Pod) =>
  ({ kind: 'Pod', apiVersion: 'v1', name, ...(namespace && { namespace }), ...(uid && { uid }), ...(resourceVersion && { resourceVersion }) });
