import type { Node } from '../../../api/generated/core.v1';
import type { Column } from '../../kind';
import { age, orNone, orUnknown, wide } from '../../printing';
import { nodeRoles } from './roles';

function statusOf(node: Node): string {
  const ready = node.status?.conditions?.findLast(({ type }) => type === 'Ready');
  const words = [ready ? (ready.status === 'True' ? 'Ready' : 'NotReady') : 'Unknown'];
  if (node.spec.unschedulable) words.push('SchedulingDisabled');
  return words.join(',');
}

const addressOf = (type: string) => (node: Node) =>
  orNone(node.status?.addresses?.find((address) => address.type === type)?.address);

export const nodeColumns: readonly Column<Node>[] = [
  { name: 'Status', value: statusOf },
  { name: 'Roles', value: (node) => orNone(nodeRoles(node).join(',')) },
  age,
  { name: 'Version', value: (node) => node.status?.nodeInfo?.kubeletVersion ?? '' },
  wide('Internal-IP', addressOf('InternalIP')),
  wide('External-IP', addressOf('ExternalIP')),
  wide('OS-Image', (node) => orUnknown(node.status?.nodeInfo?.osImage)),
  wide('Kernel-Version', (node) => orUnknown(node.status?.nodeInfo?.kernelVersion)),
  wide('Container-Runtime', (node) => orUnknown(node.status?.nodeInfo?.containerRuntimeVersion)),
];
