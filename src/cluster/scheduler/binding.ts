import { timestamp } from '../../api/clock';
import type { Binding, Pod, PodCondition } from '../../api/generated/core.v1';
import type { Client } from '../../client/client';
import { podCondition } from '../../kinds/pod-state';
import { pods } from '../../kinds/resources';

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

/** The condition PodScheduled=False, written only when it says something new. A lost race is left to the next try. */
export async function noteUnscheduled(client: Client, pod: Pod, reason: 'Unschedulable' | 'SchedulerError', message: string, nowMs: number): Promise<void> {
  const known = podCondition(pod, 'PodScheduled');
  if (known?.status === 'False' && known.reason === reason && known.message === message) return;
  const lastTransitionTime = known?.status === 'False' ? known.lastTransitionTime ?? timestamp(nowMs) : timestamp(nowMs);
  const condition: PodCondition = { type: 'PodScheduled', status: 'False', lastTransitionTime, reason, message };
  const others = (pod.status?.conditions ?? []).filter(({ type }) => type !== 'PodScheduled');
  await client.update(pods, { apiVersion: 'v1', kind: 'Pod', ...pod, status: { ...pod.status, conditions: [...others, condition] } }, { subresource: 'status' });
}

export const podReference = ({ metadata: { name, namespace, uid, resourceVersion } }: Pod) =>
  ({ kind: 'Pod', apiVersion: 'v1', name, ...(namespace && { namespace }), ...(uid && { uid }), ...(resourceVersion && { resourceVersion }) });
