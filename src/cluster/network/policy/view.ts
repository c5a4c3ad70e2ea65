import { onAnyChange, type ClusterState } from '../state';
import { nameServerPods, policyPod, type PolicyPod } from '../../../kinds/networking.k8s.io/networkpolicy/pods';
import { resolvePolicies, type ResolvedPolicy } from '../../../kinds/networking.k8s.io/networkpolicy/resolve';

/** The policies with their pods as they are now, worked out once for all nodes. */
export interface PolicyView {
  policies(): readonly ResolvedPolicy[];
  /** Every pod that policies can mean, the name server among them. */
  pods(): readonly PolicyPod[];
  /** Told when the answers may be others; returns the function that ends it. */
  onChange(listener: () => void): () => void;
  stop(): void;
}

export function policyView(state: ClusterState): PolicyView {
  const listeners = new Set<() => void>();
  let known: { policies: readonly ResolvedPolicy[]; pods: readonly PolicyPod[] } | undefined;
  const changed = () => {
    known = undefined;
    for (const listener of listeners) listener();
  };
  /** A cluster without policies pays nothing for its pods. */
  const matters = () => {
    if (state.networkPolicies.list().length > 0) changed();
  };
  const view = () => {
    known ??= resolve(state);
    return known;
  };
  const ends = [
    onAnyChange(state.networkPolicies, changed),
    onAnyChange(state.pods, (pod, old) => {
      if (!old || JSON.stringify(policyPod(pod)) !== JSON.stringify(policyPod(old))) matters();
    }),
    onAnyChange(state.namespaces, ({ metadata }, old) => {
      if (JSON.stringify(metadata.labels) !== JSON.stringify(old?.metadata.labels)) matters();
    }),
    onAnyChange(state.endpointSlices, ({ metadata }) => {
      if (metadata.namespace === 'kube-system') matters();
    }),
  ];
  return {
    policies: () => view().policies,
    pods: () => view().pods,
    onChange(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    stop() {
      for (const end of ends) end();
    },
  };
}

function resolve({ networkPolicies, namespaces, pods: all, endpointSlices }: ClusterState) {
  const policies = networkPolicies.list();
  if (policies.length === 0) return { policies: [], pods: [] };
  const pods = [...all.list().flatMap((pod) => policyPod(pod) ?? []), ...nameServerPods(endpointSlices.list())]
    .sort((a, b) => (a.address < b.address ? -1 : Number(a.address > b.address)));
  return { policies: resolvePolicies({ policies, namespaces: namespaces.list(), pods }), pods };
}
