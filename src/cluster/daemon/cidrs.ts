/**
 * The cluster's address plan: kubeadm's and minikube's usual ranges. They live in the node containers' own network
 * namespaces, so two profiles never collide.
 */
export const serviceCIDR = '10.96.0.0/12';
export const apiServiceIP = '10.96.0.1';
export const dnsServiceIP = '10.96.0.10';
export const clusterDomain = 'cluster.local';
export const nodePortRange = { from: 30000, to: 32767 };

/** One /24 of 10.244.0.0/16 per node, as kubeadm with flannel does. */
export const podCIDR = (nodeIndex: number): string => `10.244.${nodeIndex}.0/24`;
