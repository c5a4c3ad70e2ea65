import type { NetworkPolicy, NetworkPolicyPeer, NetworkPolicyPort, NetworkPolicySpec } from '../../../api/generated/networking.v1';
import { formatLabelSelector } from '../../../api/selectors';
import type { Describe } from '../../describe';
import { describeAnnotations, describeLabels } from '../../describing/labels';
import { stampText } from '../../describing/time';
import { describeText, field, type Write } from '../../describing/writer';
import { orNone } from '../../printing';

const indent = '    ';

interface Direction {
  readonly word: string;
  readonly peerWord: string;
  readonly anyPeer: string;
}

const ingress: Direction = { word: 'ingress', peerWord: 'From', anyPeer: 'From: <any> (traffic not restricted by source)' };
const egress: Direction = { word: 'egress', peerWord: 'To', anyPeer: 'To: <any> (traffic not restricted by destination)' };

interface Rule {
  readonly ports: readonly NetworkPolicyPort[];
  readonly peers: readonly NetworkPolicyPeer[];
}

function describePort(write: Write, { port, endPort, protocol = 'TCP' }: NetworkPolicyPort): void {
  // A port that is not given prints as Go prints a nil pointer.
  const shown = port ?? '<nil>';
  write(0, endPort === undefined ? `${indent}To Port: ${shown}/${protocol}\n` : `${indent}To Port Range: ${shown}-${endPort}/${protocol}\n`);
}

function describePeer(write: Write, { podSelector, namespaceSelector, ipBlock }: NetworkPolicyPeer, { peerWord }: Direction): void {
  write(0, `${indent}${peerWord}:\n`);
  if (namespaceSelector) write(1, `${indent}NamespaceSelector: ${formatLabelSelector(namespaceSelector)}\n`);
  if (podSelector) write(1, `${indent}PodSelector: ${formatLabelSelector(podSelector)}\n`);
  if (podSelector || namespaceSelector || !ipBlock) return;
  write(1, `${indent}IPBlock:\n`);
  write(2, `${indent}CIDR: ${ipBlock.cidr}\n`);
  write(2, `${indent}Except: ${(ipBlock.except ?? []).join(', ')}\n`);
}

function describeDirection(write: Write, direction: Direction, rules: readonly Rule[] | undefined): void {
  if (!rules) return write(1, `Not affecting ${direction.word} traffic\n`);
  write(1, `Allowing ${direction.word} traffic:\n`);
  if (rules.length === 0) write(0, `${indent}<none> (Selected pods are isolated for ${direction.word} connectivity)\n`);
  rules.forEach(({ ports, peers }, i) => {
    if (i > 0) write(0, `${indent}----------\n`);
    if (ports.length === 0) write(0, `${indent}To Port: <any> (traffic allowed to all ports)\n`);
    for (const port of ports) describePort(write, port);
    if (peers.length === 0) write(0, `${indent}${direction.anyPeer}\n`);
    for (const peer of peers) describePeer(write, peer, direction);
  });
}

function describeSpec(write: Write, { podSelector, ingress: incoming, egress: outgoing, policyTypes }: Partial<NetworkPolicySpec>): void {
  const selected = formatLabelSelector(podSelector ?? {});
  const types: readonly string[] = policyTypes ?? [];
  write(0, 'Spec:\n');
  write(1, 'PodSelector: ');
  write(2, selected === '<none>' ? '<none> (Allowing the specific traffic to all pods in this namespace)\n' : `${selected}\n`);
  describeDirection(write, ingress, types.includes('Ingress') ? (incoming ?? []).map(({ ports, from }) => ({ ports: ports ?? [], peers: from ?? [] })) : undefined);
  describeDirection(write, egress, types.includes('Egress') ? (outgoing ?? []).map(({ ports, to }) => ({ ports: ports ?? [], peers: to ?? [] })) : undefined);
  write(1, `Policy Types: ${orNone(types.join(', '))}\n`);
}

export const networkPolicyDescribe: Describe<NetworkPolicy> = {
  group: 'networking.k8s.io',
  kind: 'NetworkPolicy',
  render: ({ metadata, spec }) => describeText((write) => {
    field(write, 'Name', metadata.name);
    field(write, 'Namespace', metadata.namespace);
    field(write, 'Created on', stampText(metadata.creationTimestamp));
    describeLabels(write, 'Labels', metadata.labels);
    describeAnnotations(write, 'Annotations', metadata.annotations);
    describeSpec(write, spec ?? {});
  }),
};
