import type { NetworkPolicyPort } from '../../../api/generated/networking.v1';
import type { PolicyPod, PolicyPodPort } from './pods';

/** Whether a rule's port means this port of a pod. */
export function meansPort({ protocol = 'TCP', port, endPort }: NetworkPolicyPort, one: Pick<PolicyPodPort, 'protocol' | 'port'> & { name?: string }): boolean {
  if (protocol !== one.protocol) return false;
  if (port === undefined) return true;
  return typeof port === 'string' ? port === one.name : one.port >= port && one.port <= (endPort ?? port);
}

/** The pods' ports of this name and protocol. */
export const portsNamed = (pods: readonly PolicyPod[], { protocol = 'TCP', port }: NetworkPolicyPort): { address: string; port: number }[] =>
  pods.flatMap(({ address, ports }) => ports.filter((one) => one.name === port && one.protocol === protocol).map((one) => ({ address, port: one.listensAt ?? one.port })));
