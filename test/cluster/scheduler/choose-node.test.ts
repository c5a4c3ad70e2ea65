import type { Node, Pod } from '../../../src/api/generated/core.v1';
import { chooseNode, enoughFeasible } from '../../../src/cluster/scheduler/choose-node';
import { fitErrorMessage } from '../../../src/cluster/scheduler/fit-error';
import { podInfo } from '../../../src/cluster/scheduler/node-info';
import { clusterOf, node, pod } from './cluster';
import { imageLocality } from '../../../src/cluster/scheduler/scores/image-locality';

const decide = (subject: Pod, nodes: Node[], running: Pod[] = []): string => {
  const choice = chooseNode(podInfo(subject), clusterOf(nodes, running), () => 0);
  return 'node' in choice ? choice.node : fitErrorMessage(choice.rejections);
};
const three = [node('a', { labels: { zone: 'x' } }), node('b', { labels: { zone: 'y' } }), node('c', { labels: { zone: 'y' } })];
const on = (nodeName: string, labels: Record<string, string> = {}, spec: Partial<NonNullable<Pod['spec']>> = {}, requests?: Record<string, string>) =>
  pod({ nodeName, ...spec }, labels, requests);
/** A replica of the set of that name. */
const of = (set: string, nodeName?: string): Pod => {
  const replica = pod(nodeName ? { nodeName } : {});
  replica.metadata.ownerReferences = [{ apiVersion: 'apps/v1', kind: 'ReplicaSet', name: set, uid: set, controller: true }];
  return replica;
};
const zones = (zone: string, ...names: string[]) => names.map((name) => node(name, { labels: { 'topology.kubernetes.io/zone': zone } }));
const unhelpful = (count: number, of = count) => `preemption: 0/${of} nodes are available: ${count} Preemption is not helpful for scheduling.`;
const noVictims = (count: number, of = count) => `preemption: 0/${of} nodes are available: ${count} No preemption victims found for incoming pod.`;
const port = (hostPort: number, hostIP?: string) => ({ containers: [{ name: 'main', ports: [{ containerPort: 80, hostPort, ...(hostIP && { hostIP }) }] }] } as Partial<NonNullable<Pod['spec']>>);
const affinity = (topologyKey: string, labels: Record<string, string>) => [{ topologyKey, labelSelector: { matchLabels: labels } }];

describe('what fits nowhere', () => {
  it.each<[string, string, string]>([
    ['no nodes', decide(pod(), []), 'no nodes available to schedule pods'],
    ['cordoned', decide(pod(), [node('a', { unschedulable: true })]), `0/1 nodes are available: 1 node(s) were unschedulable. ${unhelpful(1)}`],
    ['tainted', decide(pod(), [node('a', { taints: [{ key: 'gpu', value: 'yes', effect: 'NoSchedule' }] }), node('b', { taints: [{ key: 'node.kubernetes.io/unreachable', effect: 'NoExecute' }] })]),
      `0/2 nodes are available: 1 node(s) had untolerated taint {gpu: yes}, 1 node(s) had untolerated taint {node.kubernetes.io/unreachable: }. ${unhelpful(2)}`],
    ['node selector', decide(pod({ nodeSelector: { zone: 'z' } }), three), `0/3 nodes are available: 3 node(s) didn't match Pod's node affinity/selector. ${unhelpful(3)}`],
    ['too large', decide(pod({}, {}, { cpu: '5', memory: '9Gi' }), three), `0/3 nodes are available: 3 Insufficient cpu, 3 Insufficient memory. ${unhelpful(3)}`],
    ['full', decide(pod({}, {}, { cpu: '2' }), [node('a')], [on('a', {}, {}, { cpu: '3' })]), `0/1 nodes are available: 1 Insufficient cpu. ${noVictims(1)}`],
    ['too many', decide(pod(), [node('a', { allocatable: { pods: '1' } })], [on('a')]), `0/1 nodes are available: 1 Too many pods. ${noVictims(1)}`],
    ['unknown resource', decide(pod({}, {}, { 'nvidia.com/gpu': '1' }), [node('a')]), `0/1 nodes are available: 1 Insufficient nvidia.com/gpu. ${unhelpful(1)}`],
    ['host port', decide(pod(port(80)), [node('a')], [on('a', {}, port(80, '127.0.0.1'))]), `0/1 nodes are available: 1 node(s) didn't have free ports for the requested pod ports. ${noVictims(1)}`],
    ['anti-affinity', decide(pod({ affinity: { podAntiAffinity: { requiredDuringSchedulingIgnoredDuringExecution: affinity('zone', { app: 'web' }) } } }), three, [on('a', { app: 'web' }), on('b', { app: 'web' })]),
      `0/3 nodes are available: 3 node(s) didn't match pod anti-affinity rules. ${noVictims(3)}`],
    ['affinity', decide(pod({ affinity: { podAffinity: { requiredDuringSchedulingIgnoredDuringExecution: affinity('zone', { app: 'db' }) } } }), three),
      `0/3 nodes are available: 3 node(s) didn't match pod affinity rules. ${unhelpful(3)}`],
    ['mixed', decide(pod({}, {}, { cpu: '3' }), [node('a', { taints: [{ key: 'gpu', effect: 'NoSchedule' }] }), node('b'), node('c')], [on('b', {}, {}, { cpu: '2' }), on('c', {}, {}, { cpu: '2' })]),
      '0/3 nodes are available: 1 node(s) had untolerated taint {gpu: }, 2 Insufficient cpu. preemption: 0/3 nodes are available: 1 Preemption is not helpful for scheduling, 2 No preemption victims found for incoming pod.'],
    ['spread', decide(pod({ topologySpreadConstraints: [{ maxSkew: 1, topologyKey: 'zone', whenUnsatisfiable: 'DoNotSchedule', labelSelector: { matchLabels: { app: 'web' } } }], nodeName: '' }, { app: 'web' }),
      [three[0]!, node('b', { labels: { zone: 'y' }, unschedulable: true })], [on('a', { app: 'web' })]),
      '0/2 nodes are available: 1 node(s) didn\'t match pod topology spread constraints, 1 node(s) were unschedulable. preemption: 0/2 nodes are available: 1 No preemption victims found for incoming pod, 1 Preemption is not helpful for scheduling.'],
  ])('%s', (_, message, expected) => expect(message).toBe(expected));
});

const from = (image: string) => pod({ containers: [{ name: 'main', image }] });

describe('the best of the nodes that fit', () => {
  it.each<[string, string, string]>([
    ['the emptiest', decide(pod(), three, [on('a'), on('b')]), 'c'],
    ['the least requested', decide(pod(), three, [on('a', {}, {}, { cpu: '2' }), on('b', {}, {}, { cpu: '1' }), on('c', {}, {}, { cpu: '3' })]), 'b'],
    ['the preferred', decide(pod({ affinity: { nodeAffinity: { preferredDuringSchedulingIgnoredDuringExecution: [{ weight: 1, preference: { matchExpressions: [{ key: 'zone', operator: 'In', values: ['x'] }] } }] } } }), three, [on('a')]), 'a'],
    ['the required', decide(pod({ affinity: { nodeAffinity: { requiredDuringSchedulingIgnoredDuringExecution: { nodeSelectorTerms: [{ matchFields: [{ key: 'metadata.name', operator: 'In', values: ['c'] }] }] } } } }), three, [on('c')]), 'c'],
    ['one without soft taints', decide(pod(), [node('a', { taints: [{ key: 'slow', effect: 'PreferNoSchedule' }] }), node('b')], [on('b')]), 'b'],
    ['a tolerated one', decide(pod({ tolerations: [{ operator: 'Exists' }] }), [node('a', { taints: [{ key: 'gpu', effect: 'NoSchedule' }], unschedulable: true })]), 'a'],
    ['near company', decide(pod({ affinity: { podAffinity: { requiredDuringSchedulingIgnoredDuringExecution: affinity('zone', { app: 'db' }) } } }), three, [on('b', { app: 'db' })]), 'c'],
    ['the first of its own company', decide(pod({ affinity: { podAffinity: { requiredDuringSchedulingIgnoredDuringExecution: affinity('zone', { app: 'db' }) } } }, { app: 'db' }), three), 'a'],
    ['away from who minds', decide(pod({}, { app: 'web' }), three, [on('b', {}, { affinity: { podAntiAffinity: { requiredDuringSchedulingIgnoredDuringExecution: affinity('zone', { app: 'web' }) } } })]), 'a'],
    ['evenly over zones', decide(pod({ topologySpreadConstraints: [{ maxSkew: 1, topologyKey: 'zone', whenUnsatisfiable: 'DoNotSchedule', labelSelector: { matchLabels: { app: 'web' } } }] }, { app: 'web' }), three, [on('b', { app: 'web' })]), 'a'],
    ['another than replicas of its set have', decide(of('web'), three, [of('web', 'b'), of('web', 'c'), on('a', {}, {}, { cpu: '2' })]), 'a'],
    ['another zone than replicas of its set have', decide(of('web'), [...zones('x', 'a', 'b'), ...zones('y', 'c')], [of('web', 'a'), on('c')]), 'c'],
    ['any, whatever replicas of other sets have', decide(of('web'), three, [of('db', 'a'), on('b', {}, {}, { cpu: '1' }), on('c', {}, {}, { cpu: '1' })]), 'a'],
    ['where its image is, the larger the image', decide(from('big:1'), [node('a'), node('b', { images: { 'big:1': 800 } }), node('c', { images: { 'small:1': 5 } })]), 'b'],
    ['where its image is, by its whole name', decide(from('big'), [node('a', { images: { 'big:1': 800 } }), node('b', { images: { 'big:latest': 800 } })]), 'b'],
    ['any, where its image is small', decide(from('small:1'), [node('a'), node('b', { images: { 'small:1': 20 } })]), 'a'],
    ['beside another host IP', decide(pod(port(80, '10.0.0.1')), [node('a')], [on('a', {}, port(80, '10.0.0.2'))]), 'a'],
    ['where finished pods take no room', decide(pod({}, {}, { cpu: '4' }), [node('a')], [{ ...on('a', {}, {}, { cpu: '4' }), status: { phase: 'Succeeded' } }]), 'a'],
  ])('%s', (_, chosen, expected) => expect(chosen).toBe(expected));
});

it('keeps the sums of a node as pods come, are assumed, and go', () => {
  const cluster = clusterOf([node('a')]);
  const [info] = cluster.candidates();
  const first = pod({}, {}, { cpu: '1' });
  cluster.assume(podInfo(first), 'a');
  expect([info!.requested.cpu, cluster.isAssumed(first.metadata.uid!)]).toEqual([1000, true]);
  cluster.observe({ ...first, spec: { ...first.spec!, nodeName: 'a' } });
  expect([info!.requested.cpu, info!.pods.size, cluster.isAssumed(first.metadata.uid!)]).toEqual([1000, 1, false]);
  cluster.forget(first.metadata.uid!);
  expect([info!.requested.cpu, info!.scored.cpu, info!.pods.size]).toEqual([0, 0, 0]);
});

it('counts an image in proportion to how many nodes have it, while they do', () => {
  const had = (name: string) => node(name, { images: { 'big:1': 512 } });
  const cluster = clusterOf([had('a'), had('b'), node('c'), node('d')]);
  const scoreOfA = () => imageLocality.of(podInfo(from('big:1')), cluster)?.(cluster.candidates().find(({ name }) => name === 'a')!);
  expect(scoreOfA()).toBe(Math.floor((100 * (256 - 23)) / (1000 - 23)));
  cluster.setNode(node('b'));
  expect(scoreOfA()).toBe(Math.floor((100 * (128 - 23)) / (1000 - 23)));
  cluster.removeNode('a');
  expect(imageLocality.of(podInfo(from('big:1')), cluster)).toBeUndefined();
});

it('looks at a part of the nodes of a large cluster', () => {
  expect([1, 99, 100, 300, 1000, 5000, 20_000].map(enoughFeasible)).toEqual([1, 99, 100, 144, 420, 500, 1000]);
});

it('counts a pod for which room was made, with whom it refuses, until the room is given up', () => {
  const cluster = clusterOf([node('a')]);
  const lonely = pod({ affinity: { podAntiAffinity: { requiredDuringSchedulingIgnoredDuringExecution: affinity('kubernetes.io/hostname', { app: 'web' }) } } });
  const web = podInfo(pod({}, { app: 'web' }));
  const withdraw = cluster.reserve(podInfo(lonely), 'a');
  expect(chooseNode(web, cluster, () => 0)).toHaveProperty('rejections');
  withdraw();
  expect(chooseNode(web, cluster, () => 0)).toEqual({ node: 'a' });
});
