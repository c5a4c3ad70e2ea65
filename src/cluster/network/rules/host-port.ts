import { isIPv4 } from 'node:net';
import type { Pod } from '../../../api/generated/core.v1';
import type { Protocol } from './service-port';

/** A port of the node that leads to a pod on it. */
export interface HostPortRules {
  /** `default/web` */
  readonly pod: string;
  readonly protocol: Protocol;
  readonly port: number;
  /** The one address of the node where it is open; absent: all of them. */
  readonly hostIP?: string;
  readonly to: { readonly address: string; readonly port: number };
}

/** Of the pods that run on this node with a network of their own. Sorted by port, then by pod. */
export function hostPortRules(pods: readonly Pod[], nodeName: string): HostPortRules[] {
  return pods.filter(({ spec }) => spec?.nodeName === nodeName).flatMap(portsOf)
    .sort((a, b) => a.port - b.port || (a.pod < b.pod ? -1 : Number(a.pod > b.pod)));
}

export function portsOf({ metadata, spec, status }: Pod): HostPortRules[] {
  const address = status?.podIP ?? '';
  if (!spec || spec.hostNetwork || !isIPv4(address) || status?.phase === 'Succeeded' || status?.phase === 'Failed') return [];
  return [...spec.containers, ...spec.initContainers ?? []].flatMap(({ ports = [] }) => ports).flatMap(({ hostPort, hostIP, containerPort, protocol = 'TCP' }) => (hostPort ? [{
    pod: `${metadata.namespace}/${metadata.name}`, protocol: protocol.toLowerCase() as Protocol, port: hostPort,
    ...(hostIP && isIPv4(hostIP) && hostIP !== '0.0.0.0' && { hostIP }), to: { address, port: containerPort },
  }] : []));
}

/** Whether this change of a pod, its coming or its end changes what hostPortRules makes of it. */
export const movesHostPorts = (pod: Pod, old: Pod | undefined): boolean => JSON.stringify(portsOf(pod)) !== JSON.stringify(old ? portsOf(old) : []);
