import type { Node, Pod } from '../../api/generated/core.v1';
import { amounts, plus, podRequests, type Amounts } from '../../kinds/pod-requests';

/** What pods without requests are taken for when nodes are compared, so that they spread, too. After pkg/scheduler/util. */
const assumedRequests: Amounts = { cpu: 100, memory: 200 * 1024 * 1024 };

/** A pod with what was computed from it once. */
export interface PodInfo {
  readonly pod: Pod;
  readonly requests: Amounts;
  /** `requests` with stand-ins for what is missing. */
  readonly scoredRequests: Amounts;
  readonly hostPorts: readonly HostPort[];
}

export interface HostPort {
  readonly ip: string;
  readonly protocol: string;
  readonly port: number;
}

export const podInfo = (pod: Pod): PodInfo => ({
  pod, requests: podRequests(pod), scoredRequests: podRequests(pod, assumedRequests), hostPorts: hostPortsOf(pod),
});

function hostPortsOf({ spec }: Pod): HostPort[] {
  const containers = [...(spec?.containers ?? []), ...(spec?.initContainers ?? []).filter(({ restartPolicy }) => restartPolicy === 'Always')];
  return containers.flatMap(({ ports }) => ports ?? []).filter(({ hostPort }) => hostPort)
    .map(({ hostIP, protocol, hostPort }) => ({ ip: hostIP || '0.0.0.0', protocol: protocol ?? 'TCP', port: hostPort! }));
}

/** A node with the sums over its pods, kept as pods come and go. */
export class NodeInfo {
  node: Node | undefined;
  allocatable: Amounts = {};
  requested: Amounts = {};
  scored: Amounts = {};
  readonly pods = new Map<string, PodInfo>();
  /** Pods that refuse company: the only ones to look at for others' anti-affinity. */
  readonly repelling = new Map<string, PodInfo>();

  constructor(readonly name: string) {}

  setNode(node: Node | undefined): void {
    this.node = node;
    this.allocatable = amounts(node?.status?.allocatable);
  }

  add(info: PodInfo): void {
    const key = info.pod.metadata.uid ?? '';
    this.remove(key);
    this.pods.set(key, info);
    if (info.pod.spec?.affinity?.podAntiAffinity?.requiredDuringSchedulingIgnoredDuringExecution?.length) this.repelling.set(key, info);
    this.requested = plus(this.requested, info.requests);
    this.scored = plus(this.scored, info.scoredRequests);
  }

  remove(uid: string): void {
    const known = this.pods.get(uid);
    if (!known) return;
    this.pods.delete(uid);
    this.repelling.delete(uid);
    this.requested = plus(this.requested, negative(known.requests));
    this.scored = plus(this.scored, negative(known.scoredRequests));
  }
}

const negative = (of: Amounts): Amounts => Object.fromEntries(Object.entries(of).map(([name, value]) => [name, -value]));
