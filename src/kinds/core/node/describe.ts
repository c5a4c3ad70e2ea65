import type { Lease } from '../../../api/generated/coordination.v1';
import type { Node, Pod } from '../../../api/generated/core.v1';
import { canonicalQuantity } from '../../../api/quantity';
import type { Describe } from '../../describe';
import { describeTimedConditions } from '../../describing/conditions';
import { describeEvents, eventQuery } from '../../describing/events';
import { describeAnnotations, describeLabels } from '../../describing/labels';
import { describeTaints } from '../../describing/scheduling';
import { dateText } from '../../describing/time';
import { describeText, field, fieldIfSet, type Write } from '../../describing/writer';
import { orNone } from '../../printing';
import { describeNodePods } from './describe-pods';
import { nodeRoles } from './roles';

const podsQuery = 'pods';
const leaseQuery = 'lease';

function describeLease(write: Write, { metadata: { name } }: Node, lease: Lease | undefined): void {
  if (!lease) return field(write, 'Lease', `Failed to get lease: leases.coordination.k8s.io "${name}" not found`);
  const { holderIdentity, acquireTime, renewTime } = lease.spec ?? {};
  write(0, 'Lease:\n');
  field(write, 'HolderIdentity', holderIdentity ?? '<unset>', 1);
  field(write, 'AcquireTime', acquireTime ? dateText(acquireTime) : '<unset>', 1);
  field(write, 'RenewTime', renewTime ? dateText(renewTime) : '<unset>', 1);
}

function describeAmounts(write: Write, label: string, list: Record<string, string> | undefined): void {
  const names = Object.keys(list ?? {}).sort();
  if (names.length > 0) write(0, `${label}:\n`);
  for (const name of names) field(write, name, canonicalQuantity(list![name]!), 1);
}

const systemInfo = [
  ['Machine ID', 'machineID'], ['System UUID', 'systemUUID'], ['Boot ID', 'bootID'], ['Kernel Version', 'kernelVersion'], ['OS Image', 'osImage'],
  ['Operating System', 'operatingSystem'], ['Architecture', 'architecture'], ['Container Runtime Version', 'containerRuntimeVersion'],
  ['Kubelet Version', 'kubeletVersion'], ['Kube-Proxy Version', 'kubeProxyVersion'],
] as const;

function describeHead(write: Write, node: Node): void {
  const { metadata, spec } = node;
  field(write, 'Name', metadata.name);
  field(write, 'Roles', orNone(nodeRoles(node).join(',')));
  describeLabels(write, 'Labels', metadata.labels);
  describeAnnotations(write, 'Annotations', metadata.annotations);
  field(write, 'CreationTimestamp', dateText(metadata.creationTimestamp));
  describeTaints(write, 'Taints', spec.taints);
  field(write, 'Unschedulable', spec.unschedulable ?? false);
}

function describeMachine(write: Write, { spec, status }: Node): void {
  describeTimedConditions(write, status?.conditions, { title: 'LastHeartbeatTime', of: ({ lastHeartbeatTime }) => lastHeartbeatTime });
  write(0, 'Addresses:\n');
  for (const { type, address } of status?.addresses ?? []) field(write, type, address, 1);
  describeAmounts(write, 'Capacity', status?.capacity);
  describeAmounts(write, 'Allocatable', status?.allocatable);
  write(0, 'System Info:\n');
  for (const [label, key] of systemInfo) field(write, label, status?.nodeInfo?.[key], 1);
  fieldIfSet(write, 'PodCIDR', spec.podCIDR);
  fieldIfSet(write, 'PodCIDRs', spec.podCIDRs?.join(','));
  fieldIfSet(write, 'ProviderID', spec.providerID);
}

export const nodeDescribe: Describe<Node> = {
  group: '',
  kind: 'Node',
  related: (node) => [
    {
      as: podsQuery, group: '', version: 'v1', plural: 'pods',
      fieldSelector: `spec.nodeName=${node.metadata.name},status.phase!=Failed,status.phase!=Succeeded`,
    },
    { as: leaseQuery, group: 'coordination.k8s.io', version: 'v1', plural: 'leases', namespace: 'kube-node-lease', name: node.metadata.name },
    // Controllers name a node in their events by its uid, the kubelet by its name.
    eventQuery(node, 'Node'),
    eventQuery(node, 'Node', node.metadata.name),
  ],
  render: (node, related, { nowMs }) => describeText((write) => {
    describeHead(write, node);
    describeLease(write, node, related.object<Lease>(leaseQuery));
    describeMachine(write, node);
    if (related.answered(podsQuery)) describeNodePods(write, node, related.list<Pod>(podsQuery), nowMs);
    else field(write, 'Pods', 'not authorized');
    describeEvents(write, related.events, nowMs);
  }),
};
