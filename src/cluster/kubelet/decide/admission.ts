import type { Node, Pod, PodSpec } from '../../../api/generated/core.v1';
import { labelSetMatcher } from '../../../api/selectors';
import { matchesNodeSelector } from '../../../kinds/node-selector';
import { amounts, plus, podRequests, type Amounts } from '../../../kinds/pod-requests';
import { untoleratedTaint } from '../../../kinds/taints';

/** Why a node does not take a pod that was bound to it. */
export interface Rejection {
  reason: string;
  message: string;
}

/** Millicores of cpu, bytes of memory, host ports: what a pod takes of its node. */
export interface Demand {
  readonly requests: Amounts;
  readonly ports: readonly { ip: string; protocol: string; port: number }[];
}

/** What all the pods take that the node has taken, by the uid of each. */
export class Taken {
  private requests: Amounts = {};
  private readonly demands = new Map<string, Demand>();
  private readonly withPorts = new Map<string, Demand>();

  get pods(): number {
    return this.demands.size;
  }

  get ports(): Demand['ports'] {
    return [...this.withPorts.values()].flatMap(({ ports }) => ports);
  }

  of(resource: string): number {
    return this.requests[resource] ?? 0;
  }

  get(uid: string): Demand | undefined {
    return this.demands.get(uid);
  }

  set(uid: string, demand: Demand): void {
    this.delete(uid);
    this.demands.set(uid, demand);
    if (demand.ports.length) this.withPorts.set(uid, demand);
    this.requests = plus(this.requests, demand.requests);
  }

  delete(uid: string): boolean {
    const demand = this.demands.get(uid);
    if (!demand) return false;
    this.demands.delete(uid);
    this.withPorts.delete(uid);
    this.requests = plus(this.requests, Object.fromEntries(Object.entries(demand.requests).map(([name, amount]) => [name, -amount])));
    return true;
  }
}

const anyAddress = '0.0.0.0';

const known = new WeakMap<PodSpec, Demand>();

/** A spec is never changed in place, and most changes of a pod leave it alone. */
export function demandOf(pod: Pod): Demand {
  let demand = known.get(pod.spec);
  if (!demand) known.set(pod.spec, (demand = countDemand(pod)));
  return demand;
}

function countDemand(pod: Pod): Demand {
  const { containers, initContainers = [] } = pod.spec;
  const running = [...containers, ...initContainers.filter(({ restartPolicy }) => restartPolicy === 'Always')];
  const ports = running.flatMap((container) => container.ports ?? []).filter(({ hostPort }) => hostPort)
    .map(({ hostIP, protocol, hostPort }) => ({ ip: hostIP || anyAddress, protocol: protocol ?? 'TCP', port: hostPort! }));
  return { requests: podRequests(pod), ports };
}

type Check = (pod: Pod, demand: Demand, others: Taken, node: Node) => Rejection | undefined;

const predicate = (name: string, why: string): Rejection => ({ reason: name, message: `Predicate ${name} failed: ${why}` });

const short = (resource: string, requested: number, used: number, capacity: number): Rejection =>
  ({ reason: `OutOf${resource}`, message: `Node didn't have enough resource: ${resource}, requested: ${requested}, used: ${used}, capacity: ${capacity}` });

/** Undefined where there is enough. */
export const outOfResource = (name: string, requests: Amounts, others: Taken, allocatable: Amounts): string | undefined => lackOf(name, requests, others, allocatable)?.message;

function lackOf(name: string, requests: Amounts, others: Taken, allocatable: Amounts): Rejection | undefined {
  const [requested, taken, capacity] = [requests[name] ?? 0, others.of(name), allocatable[name] ?? 0];
  return requested > 0 && requested > capacity - taken ? short(name, requested, taken, capacity) : undefined;
}

/** In the order in which upstream names resources; others follow by name. */
const basicResources = ['cpu', 'memory', 'ephemeral-storage'];

const fitsResources: Check = (_, { requests }, others, node) => {
  const allocatable = amounts(node.status?.allocatable);
  if (others.pods + 1 > (allocatable['pods'] ?? 0)) return short('pods', 1, others.pods, allocatable['pods'] ?? 0);
  // A resource that the node does not know is counted elsewhere.
  const extended = Object.keys(requests).filter((name) => !basicResources.includes(name) && name in allocatable).sort();
  for (const name of [...basicResources, ...extended]) {
    const lack = lackOf(name, requests, others, allocatable);
    if (lack) return lack;
  }
  return undefined;
};

const fitsAffinity: Check = ({ spec }, _demand, _others, node) => {
  const required = spec.affinity?.nodeAffinity?.requiredDuringSchedulingIgnoredDuringExecution;
  const fits = labelSetMatcher(spec.nodeSelector)(node.metadata.labels) && (!required || matchesNodeSelector(required, node));
  return fits ? undefined : predicate('NodeAffinity', "node(s) didn't match Pod's node affinity/selector");
};

const fitsPorts: Check = (_, { ports }, others) => {
  const isTaken = ports.some((wanted) => others.ports.some((used) =>
    used.port === wanted.port && used.protocol === wanted.protocol && (used.ip === wanted.ip || used.ip === anyAddress || wanted.ip === anyAddress)));
  return isTaken ? predicate('NodePorts', "node(s) didn't have free ports for the requested pod ports") : undefined;
};

const toleratesTaints: Check = ({ spec }, _demand, _others, node) =>
  (untoleratedTaint(node.spec?.taints, spec.tolerations, ['NoExecute']) ? predicate('TaintToleration', "node(s) had taints that the pod didn't tolerate") : undefined);

const checks: readonly Check[] = [fitsResources, fitsAffinity, fitsPorts, toleratesTaints];

/** What speaks against the pod beside the others that the node has taken. After pkg/kubelet/lifecycle/predicate.go. */
export function rejectionOf(pod: Pod, demand: Demand, others: Taken, node: Node): Rejection | undefined {
  for (const check of checks) {
    const rejection = check(pod, demand, others, node);
    if (rejection) return rejection;
  }
  return undefined;
}
