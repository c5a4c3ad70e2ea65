import type { Node, Pod } from '../../api/generated/core.v1';
import { controllerOf } from '../../api/meta';
import { amounts, plus, podRequests, type Amounts } from '../../kinds/pod-requests';
import { imagesOn, noImages, type Images } from './node-images';

/** What pods without requests are taken for when nodes are compared, so that they spread, too. After pkg/scheduler/util. */
const assumedRequests: Amounts = { cpu: 100, memory: 200 * 1024 * 1024 };

/** A pod with what was computed from it once. */
export interface PodInfo {
  readonly pod: Pod;
  readonly requests: Amounts;
  /** `requests` with stand-ins for what is missing. */
  readonly scoredRequests: Amounts;
  readonly hostPorts: readonly HostPort[];
  /** The uid of the set of replicas that it is one of. */
  readonly set: string | undefined;
}

/** Kinds whose pods are replicas of each other. */
const setKinds = new Set(['ReplicaSet', 'ReplicationController', 'StatefulSet']);

function setOf(pod: Pod): string | undefined {
  const owner = controllerOf(pod);
  return owner && setKinds.has(owner.kind) ? owner.uid : undefined;
}

export interface HostPort {
  readonly ip: string;
  readonly protocol: string;
  readonly port: number;
}

export const podInfo = (pod: Pod): PodInfo => ({
  pod, requests: podRequests(pod), scoredRequests: podRequests(pod, assumedRequests), hostPorts: hostPortsOf(pod), set: setOf(pod),
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
  images: Images = noImages;
  readonly pods = new Map<string, PodInfo>();
  /** Pods that refuse company: the only ones to look at for others' anti-affinity. */
  readonly repelling = new Map<string, PodInfo>();
  private readonly replicas = new Map<string, number>();

  constructor(readonly name: string) {}

  setNode(node: Node | undefined): void {
    if (node?.status?.images !== this.node?.status?.images) this.images = imagesOn(node);
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
    this.count(info.set, 1);
  }

  /** How many replicas of the set are here. */
  replicasOf(set: string): number {
    return this.replicas.get(set) ?? 0;
  }

  remove(uid: string): void {
    const known = this.pods.get(uid);
    if (!known) return;
    this.pods.delete(uid);
    this.repelling.delete(uid);
    this.requested = plus(this.requested, negative(known.requests));
    this.scored = plus(this.scored, negative(known.scoredRequests));
    this.count(known.set, -1);
  }

  private count(set: string | undefined, change: number): void {
    if (set === undefined) return;
    const count = this.replicasOf(set) + change;
    if (count > 0) this.replicas.set(set, count);
    else this.replicas.delete(set);
  }
}

const negative = (of: Amounts): Amounts => Object.fromEntries(Object.entries(of).map(([name, value]) => [name, -value]));
