import type { Endpoints, Namespace, Service } from '../../../src/api/generated/core.v1';
import type { EndpointSlice } from '../../../src/api/generated/discovery.v1';
import type { Resource } from '../../../src/client/client';
import { FakeClient } from '../../../src/client/fake';
import { keepFirstObjects, publishApiAddress } from '../../../src/cluster/daemon/bootstrap';
import { VirtualClock } from '../../simulation/virtual-clock';

const core = (plural: string): Resource => ({ group: '', version: 'v1', plural, namespaced: plural !== 'namespaces' });
const slices: Resource = { group: 'discovery.k8s.io', version: 'v1', plural: 'endpointslices', namespaced: true };

describe('what every cluster has', () => {
  async function started() {
    const clock = new VirtualClock();
    const client = new FakeClient({ clock, random: () => 0.5 });
    const stop = keepFirstObjects({ client, clock, log: (line) => { throw new Error(line); }, published: () => ({ address: '172.18.0.1', port: 6443 }) });
    await publishApiAddress(client, '172.18.0.1', 6443);
    await clock.advance(10_000);
    return { clock, client, stop };
  }

  it('is made anew within ten seconds of its deletion', async () => {
    const { clock, client, stop } = await started();
    await client.delete(core('services'), 'kubernetes', 'default');
    await client.delete(core('namespaces'), 'kube-node-lease');
    await client.delete(core('endpoints'), 'kubernetes', 'default');
    await client.delete(slices, 'kubernetes', 'default');
    await clock.advance(10_000);
    expect((await client.get<Service>(core('services'), 'kubernetes', 'default')).spec.clusterIP).toBe('10.96.0.1');
    expect((await client.get<Namespace>(core('namespaces'), 'kube-node-lease')).metadata.name).toBe('kube-node-lease');
    expect((await client.get<Endpoints>(core('endpoints'), 'kubernetes', 'default')).subsets?.[0]?.addresses).toEqual([{ ip: '172.18.0.1' }]);
    expect((await client.get<EndpointSlice>(slices, 'kubernetes', 'default')).endpoints[0]!.addresses).toEqual(['172.18.0.1']);
    await stop();
    expect(clock.pendingTimers).toBe(0);
  });

  it('is left alone while it is there, but for endpoints that lead elsewhere', async () => {
    const { clock, client, stop } = await started();
    const version = async () => (await client.get<Endpoints>(core('endpoints'), 'kubernetes', 'default')).metadata.resourceVersion;
    const before = await version();
    await clock.advance(60_000);
    expect(await version()).toBe(before);
    const changed = await client.get<Endpoints>(core('endpoints'), 'kubernetes', 'default');
    await client.update(core('endpoints'), { ...changed, subsets: [] });
    await clock.advance(10_000);
    expect((await client.get<Endpoints>(core('endpoints'), 'kubernetes', 'default')).subsets?.[0]?.ports?.[0]?.port).toBe(6443);
    await stop();
  });
});
