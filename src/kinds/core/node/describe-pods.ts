import { translateTimestampSince } from '../../../api/duration';
import type { Node, Pod } from '../../../api/generated/core.v1';
import { formatQuantity, parseQuantity, quantityValue, toMilli, type Quantity } from '../../../api/quantity';
import type { Write } from '../../describing/writer';
import { addAmounts, podLimits, podRequests, type Amounts } from '../../pods/requests';

const zero = parseQuantity('0');
const standard = ['cpu', 'memory', 'ephemeral-storage'];
const isHugePages = (name: string) => name.startsWith('hugepages-');

/** cpu is counted in thousandths. */
const countOf = (name: string, amount: Quantity) => name === 'cpu' ? toMilli(amount) : quantityValue(amount);

/** Go turns the NaN and Inf of a division by nothing into this int64 on amd64. */
const percentOfNothing = '-9223372036854775808';

function percent(name: string, amount: Quantity, total: Quantity, ofNothing: string): string {
  const whole = countOf(name, total);
  return whole === 0 ? ofNothing : String(Math.trunc(countOf(name, amount) / whole * 100));
}

/** `500m (25%)` */
function shareText(name: string, amounts: Amounts, allocatable: Amounts, ofNothing = '0'): string {
  const amount = amounts.get(name) ?? zero;
  return `${formatQuantity(amount)} (${percent(name, amount, allocatable.get(name) ?? zero, ofNothing)}%)`;
}

function podRow(pod: Pod, allocatable: Amounts, nowMs: number): string {
  const [requests, limits] = [podRequests(pod), podLimits(pod)];
  const shares = ['cpu', 'memory'].flatMap((name) => [requests, limits].map((amounts) => shareText(name, amounts, allocatable, percentOfNothing)));
  const { namespace = '', name, creationTimestamp } = pod.metadata;
  return `${namespace}\t${name}\t\t${shares.join('\t')}\t${translateTimestampSince(creationTimestamp, nowMs)}\n`;
}

function describeTotals(write: Write, pods: readonly Pod[], allocatable: Amounts): void {
  const requests = addAmounts(...pods.map(podRequests));
  const limits = addAmounts(...pods.map(podLimits));
  write(0, 'Allocated resources:\n  (Total limits may be over 100 percent, i.e., overcommitted.)\n');
  write(1, 'Resource\tRequests\tLimits\n');
  write(1, '--------\t--------\t------\n');
  const names = [...allocatable.keys()].sort();
  for (const name of [...standard, ...names.filter(isHugePages)]) {
    write(1, `${name}\t${shareText(name, requests, allocatable)}\t${shareText(name, limits, allocatable)}\n`);
  }
  for (const name of names.filter((one) => !standard.includes(one) && !isHugePages(one) && one !== 'pods')) {
    write(1, `${name}\t${formatQuantity(requests.get(name) ?? zero)}\t${formatQuantity(limits.get(name) ?? zero)}\n`);
  }
}

/** The pods that run on a node, and what they ask for together. */
export function describeNodePods(write: Write, { status }: Node, pods: readonly Pod[], nowMs: number): void {
  const list = Object.keys(status?.allocatable ?? {}).length > 0 ? status?.allocatable : status?.capacity;
  const allocatable: Amounts = new Map(Object.entries(list ?? {}).map(([name, text]) => [name, parseQuantity(text)]));
  write(0, `Non-terminated Pods:\t(${pods.length} in total)\n`);
  write(1, 'Namespace\tName\t\tCPU Requests\tCPU Limits\tMemory Requests\tMemory Limits\tAge\n');
  write(1, '---------\t----\t\t------------\t----------\t---------------\t-------------\t---\n');
  for (const pod of pods) write(1, podRow(pod, allocatable, nowMs));
  describeTotals(write, pods, allocatable);
}
