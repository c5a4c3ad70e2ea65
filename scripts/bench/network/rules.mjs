// From a change of one Service's endpoints to the rules in the node, with 500 Services there: what the service proxy takes, its
// delay for bursts included.
import { loadSource } from '../load-source.mjs';
import { median, nowMs } from '../stats.mjs';

const parts = `
export { default as Docker } from 'dockerode';
export { systemClock } from './src/api/clock';
export { FakeClient } from './src/client/fake';
export { policyView } from './src/cluster/network/policy/view';
export { startServiceProxy } from './src/cluster/network/rules/proxy';
export { resources, watchCluster } from './src/cluster/network/state';
export { createNodeContainer, removeNetwork } from './src/runtime/docker/node';
`;

const count = 500;
const changes = 15;
const profile = `bench-rules-${process.pid}`;
const nodeName = 'n1';

const service = (index) => ({
  apiVersion: 'v1', kind: 'Service', metadata: { name: `s${index}`, namespace: 'default' },
  spec: { type: 'NodePort', clusterIP: `10.96.${1 + (index >> 8)}.${index & 255}`, ports: [{ port: 80, nodePort: 30000 + index }] },
});

const slice = (index, hosts) => ({
  apiVersion: 'discovery.k8s.io/v1', kind: 'EndpointSlice', addressType: 'IPv4',
  metadata: { name: `s${index}-1`, namespace: 'default', labels: { 'kubernetes.io/service-name': `s${index}` } },
  ports: [{ name: '', port: 8080, protocol: 'TCP' }],
  endpoints: hosts.map((host) => ({ addresses: [`10.244.0.${host}`], nodeName, conditions: { ready: true, serving: true, terminating: false } })),
});

export async function benchRules() {
  const of = await loadSource(parts);
  const docker = new of.Docker();
  const random = Math.random;
  const clock = of.systemClock;
  const client = new of.FakeClient({ clock, random });
  const node = await of.createNodeContainer({ docker, profile, node: { name: nodeName, podCIDR: '10.244.0.0/24' }, onStep: () => undefined });
  const state = of.watchCluster({ client, clock, random, log: console.error });
  await state.synced();
  const policies = of.policyView(state);
  let applied = () => undefined;
  const network = new Proxy(node, { get: (target, key) => (key === 'applyRules' ? async (script) => {
    await target.applyRules(script);
    applied(script);
  } : typeof target[key] === 'function' ? target[key].bind(target) : target[key]) });
  const next = (holds) => new Promise((resolve) => { applied = (script) => holds(script) && resolve(); });
  let stop = async () => undefined;
  try {
    for (let index = 0; index < count; index++) {
      await client.create(of.resources.services, service(index));
      await client.create(of.resources.endpointSlices, slice(index, [2, 3, 4]));
    }
    const whole = next((script) => script.includes(`nodePort`) || script.includes(`10.96.2.${(count - 1) & 255} `));
    const beganMs = nowMs();
    const proxy = of.startServiceProxy({ state, policies, nodeName, network, clock, log: console.error });
    stop = () => proxy.stop();
    await whole;
    const wholeMs = nowMs() - beganMs;
    const times = [];
    for (let change = 0; change < changes; change++) {
      const done = next(() => true);
      const startMs = nowMs();
      const current = await client.get(of.resources.endpointSlices, `s${change}-1`, 'default');
      await client.update(of.resources.endpointSlices, { ...slice(change, [2, 3, 4, 5]), metadata: current.metadata });
      await done;
      times.push(nowMs() - startMs);
    }
    return { name: `rule update with ${count} services, ms`, value: median(times), limit: 50, detail: `the whole table in ${wholeMs.toFixed(0)} ms` };
  } finally {
    await stop();
    policies.stop();
    state.stop();
    await node.remove();
    await of.removeNetwork(docker, profile);
    docker.modem.agent?.destroy();
  }
}
