/**
 * The cluster's address plan: kubeadm's and minikube's usual ranges. They live in the node containers' own network
 * namespaces, so two profiles never collide.
 */
export const serviceCIDR = '10.96.0.0/12';
export const apiServiceIP = '10.96.0.1';
export const dnsServiceIP = '10.96.0.10';
export const clusterDomain = 'cluster.local';
export const nodePortRange = { from: 30000, to: 32767 };

/** Second bytes of pod ranges: 10.244.0.0/16 first, as kubeadm with flannel has it, then what is above it and below. */
const secondBytes = [...range(244, 256), ...range(128, 244)];

function range(from: number, to: number): number[] {
  return Array.from({ length: to - from }, (_, at) => from + at);
}

/** A /24 per node. Throws for an index of 32,768 or more. */
export function podCIDR(nodeIndex: number): string {
  const second = secondBytes[nodeIndex >> 8];
  if (second === undefined) throw new Error(`there are no addresses for the pods of ${nodeIndex + 1} nodes`);
  return `10.${second}.${nodeIndex & 255}.0/24`;
}

/** The index whose range this is; -1 where it is none of ours. */
export function podCIDRIndex(cidr: string): number {
  const [, second, third] = /^10\.(\d+)\.(\d+)\.0\/24$/.exec(cidr) ?? [];
  const high = secondBytes.indexOf(Number(second));
  return high < 0 ? -1 : (high << 8) + Number(third);
}
