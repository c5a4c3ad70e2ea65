import type { Namespace } from '../../../api/generated/core.v1';
import type { IPBlock, NetworkPolicy, NetworkPolicyPeer, NetworkPolicyPort } from '../../../api/generated/networking.v1';
import { labelSelectorMatcher } from '../../../api/selectors';
import type { PolicyPod } from './pods';

export type Direction = 'ingress' | 'egress';

/** One policy in one direction, its selectors replaced by the pods that they mean now. */
export interface ResolvedPolicy {
  /** `default/web` */
  readonly name: string;
  readonly direction: Direction;
  /** Whom it isolates. */
  readonly subjects: readonly PolicyPod[];
  readonly allowed: readonly Allowed[];
}

/** What one rule lets through: from or to one of the peers, at one of the ports. */
export interface Allowed {
  /** No restriction; the other two are empty then. */
  readonly anyPeer: boolean;
  /** `undefined` where no peer is given by selectors. */
  readonly pods?: readonly PolicyPod[];
  readonly blocks: readonly IPBlock[];
  /** Empty: every port. */
  readonly ports: readonly NetworkPolicyPort[];
}

export interface PolicyInput {
  readonly policies: readonly NetworkPolicy[];
  readonly namespaces: readonly Namespace[];
  readonly pods: readonly PolicyPod[];
}

/** Sorted by name. Semantics of k8s.io/api/networking/v1 NetworkPolicySpec. */
export function resolvePolicies({ policies, namespaces, pods }: PolicyInput): ResolvedPolicy[] {
  const inNamespace = groupByNamespace(pods);
  const podsOf = (peer: NetworkPolicyPeer, home: string): PolicyPod[] => {
    const matches = peer.podSelector ? labelSelectorMatcher(peer.podSelector) : () => true;
    const matchesNamespace = peer.namespaceSelector && labelSelectorMatcher(peer.namespaceSelector);
    const homes = matchesNamespace ? namespaces.filter(({ metadata }) => matchesNamespace(metadata.labels)).map(({ metadata }) => metadata.name) : [home];
    return homes.flatMap((name) => (inNamespace.get(name) ?? []).filter(({ labels }) => matches(labels)));
  };
  return policies.flatMap(({ metadata, spec }) => {
    const home = metadata.namespace!;
    const isSubject = labelSelectorMatcher(spec.podSelector ?? {});
    const subjects = (inNamespace.get(home) ?? []).filter(({ nodeName, labels }) => nodeName !== undefined && isSubject(labels));
    const rules = { Ingress: (spec.ingress ?? []).map(({ from, ports }) => ({ peers: from, ports })), Egress: (spec.egress ?? []).map(({ to, ports }) => ({ peers: to, ports })) };
    return (['Ingress', 'Egress'] as const).filter((type) => spec.policyTypes?.includes(type)).map((type): ResolvedPolicy => ({
      name: `${home}/${metadata.name}`, direction: type === 'Ingress' ? 'ingress' : 'egress', subjects,
      allowed: rules[type].map(({ peers = [], ports = [] }) => allow(peers, ports, (peer) => podsOf(peer, home))),
    }));
  }).sort((a, b) => (a.name < b.name ? -1 : Number(a.name > b.name)));
}

function allow(peers: readonly NetworkPolicyPeer[], ports: readonly NetworkPolicyPort[], podsOf: (peer: NetworkPolicyPeer) => PolicyPod[]): Allowed {
  const selecting = peers.filter(({ ipBlock }) => !ipBlock);
  return {
    anyPeer: peers.length === 0,
    ...(selecting.length > 0 && { pods: [...new Set(selecting.flatMap(podsOf))] }),
    blocks: peers.flatMap(({ ipBlock }) => ipBlock ?? []),
    ports,
  };
}

function groupByNamespace(pods: readonly PolicyPod[]): Map<string, PolicyPod[]> {
  const groups = new Map<string, PolicyPod[]>();
  for (const pod of pods) {
    const group = groups.get(pod.namespace);
    if (group) group.push(pod);
    else groups.set(pod.namespace, [pod]);
  }
  return groups;
}
