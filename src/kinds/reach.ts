import type { Namespace, Pod } from '../api/generated/core.v1';
import type { NetworkPolicy } from '../api/generated/networking.v1';
import { evaluate, type Connection, type Verdict } from './networking.k8s.io/networkpolicy/evaluate';
import { policyPod } from './networking.k8s.io/networkpolicy/pods';
import { resolvePolicies, type Direction } from './networking.k8s.io/networkpolicy/resolve';

/** One end of a connection: a pod that has an address, or an address elsewhere. */
export type ReachEnd = { readonly pod: Pod } | { readonly address: string };

export interface ReachInput {
  readonly from: ReachEnd;
  readonly to: ReachEnd;
  readonly protocol: Connection['protocol'];
  /** Of the pod, not of a Service before it. */
  readonly port: number;
  /** Those of both ends. */
  readonly namespaces: readonly Namespace[];
  /** Of the namespaces of both ends. */
  readonly policies: readonly NetworkPolicy[];
}

/** Whether network policies let a connection through, and which of them decide: from objects alone, whatever enforces them. */
export function reach({ from, to, protocol, port, namespaces, policies }: ReachInput): Record<Direction, Verdict> {
  const known = new Map([from, to].flatMap((end) => ('pod' in end ? [end.pod] : [])).map((pod) => [pod.metadata.uid ?? pod.metadata.name, policyPod(pod)]));
  const party = (end: ReachEnd) => {
    if (!('pod' in end)) return end;
    const pod = known.get(end.pod.metadata.uid ?? end.pod.metadata.name);
    return { address: end.pod.status?.podIP ?? '', ...(pod && { pod }) };
  };
  const pods = [...known.values()].filter((pod) => pod !== undefined);
  return evaluate(resolvePolicies({ policies, namespaces, pods }), { from: party(from), to: party(to), protocol, port });
}
