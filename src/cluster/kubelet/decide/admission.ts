import type { Node, Pod } from '../../../api/generated/core.v1';
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

const anyAddress = '0.0.0.0';

export function demandOf(pod: Pod): Demand {
  const { containers, initContainers = [] } = pod.spec;
  const running = [...containers, ...initContainers.filter(({ restartPolicy }) => restartPolicy === 'Always')];
  const ports = running.flatMap((container) => container.ports ?? []).filter(({ hostPort }) => hostPort)
    .map(({ hostIP, protocol, hostPort }) => ({ ip: hostIP || anyAddress, protocol: protocol ?? 'TCP', port: hostPort! }));
  return { requests: podRequests(pod), ports };
}

type Check = (pod: Pod, demand: Demand, others: readonly Demand[], node: Node) => Rejection | undefined;

const predicate = (name: string, why: string): Rejection => ({ reason: name, message: `Predicate ${name} failed: ${why}` });

const short = (resource: string, requested: number, used: number, capacity: number): Rejection =>
  ({ reason: `OutOf${resource}`, message: `Node didn't have enough resource: ${resource}, requested: ${requested}, used: ${used}, capacity: ${capacity}` });

/** Undefined where there is enough. */
export function outOfResource(name: string, requests: Amounts, others: readonly Demand[], allocatable: Amounts): string | undefined {
  return lackOf(name, requests, others.reduce((sum, other) => plus(sum, other.requests), {} as Amounts), allocatable)?.message;
}

function lackOf(name: string, requests: Amounts, used: Amounts, allocatable: Amounts): Rejection | undefined {
  const [requested, taken, capacity] = [requests[name] ?? 0, used[name] ?? 0, allocatable[name] ?? 0];
  return requested > 0 && requested > capacity - taken ? short(name, requested, taken, capacity) : undefined;
}

/** In the order in which upstream names resources; others follow by name. */
const basicResources = ['cpu', 'memory', 'ephemeral-storage'];

const fitsResources: Check = (_, { requests }, others, node) => {
  const allocatable = amounts(node.status?.allocatable);
  if (others.length + 1 > (allocatable['pods'] ?? 0)) return short('pods', 1, others.length, allocatable['pods'] ?? 0);
  const used = others.reduce((sum, other) => plus(sum, other.requests), {} as Amounts);
  // A resource that the node does not know is counted elsewhere.
  const extended = Object.keys(requests).filter((name) => !basicResources.includes(name) && name in allocatable).sort();
  for (const name of [...basicResources, ...extended]) {
    const lack = lackOf(name, requests, used, allocatable);
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
  const isTaken = ports.some((wanted) => others.some((other) => other.ports.some((used) =>
    used.port === wanted.port && used.protocol === wanted.protocol && (used.ip === wanted.ip || used.ip === anyAddress || wanted.ip === anyAddress))));
  return isTaken ? predicate('NodePorts', "node(s) didn't have free ports for the requested pod ports") : undefined;
};

const toleratesTaints: Check = ({ spec }, _demand, _others, node) =>
  (untoleratedTaint(node.spec?.taints, spec.tolerations, ['NoExecute']) ? predicate('TaintToleration', "node(s) had taints that the pod didn't tolerate") : undefined);

const checks: readonly Check[] = [fitsResources, fitsAffinity, fitsPorts, toleratesTaints];

/** What speaks against the pod beside the others that the node has taken. After pkg/kubelet/lifecycle/predicate.go. */
export function rejectionOf(pod: Pod, demand: Demand, others: readonly Demand[], node: Node): Rejection | undefined {
  for (const check of checks) {
    const rejection = check(pod, demand, others, node);
    if (rejection) return rejection;
  }
  return undefined;
}
