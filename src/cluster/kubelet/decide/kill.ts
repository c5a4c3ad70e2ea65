import type { Container as ContainerSpec, Pod } from '../../../api/generated/core.v1';
import type { Container } from '../../../runtime/port';
import type { Action, KillReason } from './view';

export type Kill = Extract<Action, { do: 'killContainer' }>;

/** The grace that a pod's containers get when nobody asked for another. */
export const podGraceSeconds = (pod: Pod) => pod.spec.terminationGracePeriodSeconds ?? 30;

/** A probe may bring its own grace. After kuberuntime's setTerminationGracePeriod. */
export function killWith(pod: Pod, spec: ContainerSpec, instance: Container, reason: KillReason, message: string): Kill {
  const probe = reason === 'liveness' ? spec.livenessProbe : reason === 'startup' ? spec.startupProbe : undefined;
  const graceSeconds = probe?.terminationGracePeriodSeconds ?? podGraceSeconds(pod);
  return { do: 'killContainer', key: `kill ${instance.id}`, container: spec.name, id: instance.id, reason, message, graceSeconds };
}
