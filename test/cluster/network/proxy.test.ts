import { FakeClient } from '../../../src/client/fake';
import { policyView } from '../../../src/cluster/network/policy/view';
import { startServiceProxy } from '../../../src/cluster/network/rules/proxy';
import { resources, watchCluster } from '../../../src/cluster/network/state';
import { VirtualClock } from '../../simulation/virtual-clock';
import { endpoint, service, slice } from './objects';

describe('the rules of a node follow the Services', () => {
  async function start() {
    const clock = new VirtualClock();
    const client = new FakeClient({ clock, random: () => 0.5 });
    const state = watchCluster({ client, clock, random: () => 0.5, log: () => undefined });
    const scripts: string[] = [];
    const forgotten: string[] = [];
    const node = { failing: false, reset: () => Promise.resolve() };
    await clock.advance(1);
    await state.synced();
    const policies = policyView(state);
    const proxy = startServiceProxy({
      state, policies, nodeName: 'n1', clock, log: () => undefined,
      network: {
        address: '172.18.0.2', hostAddress: '172.18.0.1',
        applyRules: async (script) => {
          if (node.failing) throw new Error('no engine');
          scripts.push(script);
        },
        dial: () => Promise.reject(new Error('unused')),
        forgetUdp: async (address, port) => void forgotten.push(`${address}:${port}`),
        onReset: (listener) => { node.reset = listener; },
      },
    });
    return { clock, client, scripts, forgotten, node, end: async () => { await proxy.stop(); policies.stop(); state.stop(); } };
  }
  const dns = service('dns', { clusterIP: '10.96.0.10', ports: [{ port: 53, protocol: 'UDP' }] });
  const fresh = /^add table ip knarr\ndelete table ip knarr\n/;

  it('writes the whole table first, then what changed', async () => {
    const { clock, client, scripts, forgotten, end } = await start();
    await clock.advance(100);
    expect(scripts).toEqual([expect.stringMatching(fresh)]);
    await client.create(resources.services, dns);
    await client.create(resources.endpointSlices, slice('dns', [{ name: '', port: 1053, protocol: 'UDP' }], [endpoint('10.244.0.3')]));
    await clock.advance(100);
    expect(scripts).toHaveLength(2);
    expect(scripts[1]).not.toMatch(fresh);
    expect(scripts[1]).toContain('10.96.0.10 . udp . 53 : goto');
    expect(forgotten).toEqual(['10.96.0.10:53']);
    await end();
    expect(clock.pendingTimers).toBe(0);
  });

  it('says nothing to the node when nothing changed for it', async () => {
    const { clock, client, scripts, end } = await start();
    await clock.advance(100);
    await client.create(resources.services, service('headless', { clusterIP: 'None', ports: [{ port: 1 }] }));
    await clock.advance(100);
    expect(scripts).toHaveLength(1);
    await end();
  });

  it('starts over after a failure and after the node lost its rules', async () => {
    const { clock, client, scripts, node, end } = await start();
    await clock.advance(100);
    node.failing = true;
    await client.create(resources.services, dns);
    await clock.advance(300);
    node.failing = false;
    await clock.advance(1000);
    expect(scripts).toHaveLength(2);
    expect(scripts[1]).toMatch(fresh);
    // Without a delay: nobody is reached before.
    await node.reset();
    expect(scripts[2]).toBe(scripts[1]);
    await end();
  });
});
