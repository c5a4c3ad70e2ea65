import { translateTimestampSince } from '../../../api/duration';
import type { Pod } from '../../../api/generated/core.v1';
import type { Column, PrintContext } from '../../kind';
import { age, orNone, wide } from '../../printing';
import { hasTrueCondition, summarisePod } from './summary';

function readyText(pod: Pod): string {
  const { ready, total } = summarisePod(pod);
  return `${ready}/${total}`;
}

/** `3 (5m ago)` */
function restartsText(pod: Pod, { nowMs }: PrintContext): string {
  const { restarts, lastRestart } = summarisePod(pod);
  return restarts > 0 && lastRestart ? `${restarts} (${translateTimestampSince(lastRestart, nowMs)} ago)` : String(restarts);
}

function readinessGatesText(pod: Pod): string {
  const gates = pod.spec.readinessGates ?? [];
  if (gates.length === 0) return '<none>';
  return `${gates.filter(({ conditionType }) => hasTrueCondition(pod, conditionType)).length}/${gates.length}`;
}

export const podColumns: readonly Column<Pod>[] = [
  { name: 'Ready', value: readyText },
  { name: 'Status', value: (pod) => summarisePod(pod).reason },
  { name: 'Restarts', value: restartsText },
  age,
  wide('IP', (pod) => orNone(pod.status?.podIPs?.[0]?.ip)),
  wide('Node', (pod) => orNone(pod.spec.nodeName)),
  wide('Nominated Node', (pod) => orNone(pod.status?.nominatedNodeName)),
  wide('Readiness Gates', readinessGatesText),
];
