import type { Namespace } from '../../../../src/api/generated/core.v1';
import type { NetworkPolicy, NetworkPolicySpec } from '../../../../src/api/generated/networking.v1';
import { nameServerPods, type PolicyPod } from '../../../../src/kinds/networking.k8s.io/networkpolicy/pods';
import { endpoint, slice } from '../objects';

/** Three namespaces of three pods each, on two nodes; every pod serves 80 and 81 over TCP and UDP, by name, too; `main` is 80 of the first and 81 of the others. */
const letters = ['a', 'b', 'c'];
const spaces = ['x', 'y', 'z'];

export const namespaces: Namespace[] = [...spaces, 'kube-system'].map((name) => ({ spec: {}, metadata: { name, labels: { 'kubernetes.io/metadata.name': name, ns: name } } }));

export const namedPorts = [80, 81].flatMap((port) => (['TCP', 'UDP'] as const).map((protocol) => ({ name: `serve-${port}-${protocol.toLowerCase()}`, protocol, port })));

export const plainPods: PolicyPod[] = spaces.flatMap((namespace, i) => letters.map((name, j) => ({
  namespace, name, labels: { pod: name }, nodeName: j === 2 ? 'n2' : 'n1', address: `10.244.${j === 2 ? 1 : 0}.${10 * (i + 1) + j}`, ports: [...namedPorts, { name: 'main', protocol: 'TCP', port: j === 0 ? 80 : 81 }],
})));

export const nameServer = '172.18.0.1';
export const nameServerPort = 41_053;
const kubeDns = slice('kube-dns', [{ name: 'dns', port: nameServerPort, protocol: 'UDP' }, { name: 'dns-tcp', port: nameServerPort, protocol: 'TCP' }], [endpoint(nameServer)], 'kube-system');

export const pods: PolicyPod[] = [...plainPods, ...nameServerPods([kubeDns])];

/** `x/a` */
export const podAt = (name: string): PolicyPod => pods.find((pod) => `${pod.namespace}/${pod.name}` === name)!;
export const nameOf = ({ namespace, name }: PolicyPod): string => `${namespace}/${name}`;

let made = 0;

/** Defaults as the API sets them. */
export function policy(namespace: string, spec: Partial<NetworkPolicySpec>): NetworkPolicy {
  const policyTypes = spec.policyTypes ?? (spec.egress && !spec.ingress ? ['Egress'] : spec.egress ? ['Ingress', 'Egress'] : ['Ingress']);
  return { metadata: { name: `policy-${++made}`, namespace }, spec: { podSelector: {}, ...spec, policyTypes } };
}

export const pod = (name: string) => ({ matchLabels: { pod: name } });
export const ns = (name: string) => ({ matchLabels: { ns: name } });
