// Decisions per second of the scheduler alone, over 5,000 nodes; upstream's own CI asks for 680.
import { loadSource } from './load-source.mjs';

const nodeCount = 5000;
const podCount = 3000;
const limit = 680;

const node = (index) => ({
  metadata: { name: `node-${index}`, labels: { 'kubernetes.io/hostname': `node-${index}`, 'topology.kubernetes.io/zone': `zone-${index % 3}` } },
  status: { allocatable: { cpu: '8', memory: '16Gi', pods: '110' } },
});

const pod = (index) => ({
  metadata: { name: `pod-${index}`, uid: `pod-${index}`, namespace: 'default', labels: { app: `app-${index % 60}` } },
  spec: { containers: [{ name: 'web', image: 'nginx:1.27', resources: { requests: { cpu: '10m', memory: '32Mi' } } }] },
});

export async function benchScheduler() {
  const { ClusterState, chooseNode, podInfo } = await loadSource(`
    export { ClusterState } from './src/cluster/scheduler/cluster-state';
    export { chooseNode } from './src/cluster/scheduler/choose-node';
    export { podInfo } from './src/cluster/scheduler/node-info';`);
  const cluster = new ClusterState();
  for (let index = 0; index < nodeCount; index++) cluster.setNode(node(index));
  const startMs = performance.now();
  for (let index = 0; index < podCount; index++) {
    const info = podInfo(pod(index));
    const choice = chooseNode(info, cluster, Math.random);
    if (!('node' in choice)) throw new Error('a pod fits nowhere');
    cluster.assume(info, choice.node);
  }
  const perSecond = (podCount / (performance.now() - startMs)) * 1000;
  return { name: 'scheduler at 5,000 nodes, 680 / decisions a second', value: limit / perSecond, limit: 1, detail: `${perSecond.toFixed(0)} pods/s` };
}
