import fc from 'fast-check';
import type { Node } from '../../../src/api/generated/core.v1';
import { FakeClient } from '../../../src/client/fake';
import { machineNode, machineOf, newNames, nodesResource, type Machine } from '../../../src/client/machine';
import { podCIDR, podCIDRIndex } from '../../../src/cluster/daemon/cidrs';
import { ensureMachines } from '../../../src/cluster/daemon/fleet/ensure';
import { freeRange, planMachine, type Step } from '../../../src/cluster/daemon/fleet/plan';
import { seededRandom } from '../../simulation/random';
import { VirtualClock } from '../../simulation/virtual-clock';

const machine = (more: Partial<Machine> = {}): Machine => ({ name: 'a', runtime: 'sim', isOn: true, capacity: {}, podCIDR: '10.244.0.0/24', ...more });

describe('the plan for a machine', () => {
  it.each<[string, Machine | undefined, boolean, Step | undefined]>([
    ['that runs and is to run: nothing', machine(), true, undefined],
    ['that is not there and not wanted: nothing', undefined, false, undefined],
    ['that is off and stopped: nothing', machine({ isOn: false }), false, undefined],
    ['that is to run', machine(), false, { do: 'bringUp', machine: machine() as Machine & { podCIDR: string } }],
    ['that is to stop', machine({ isOn: false }), true, { do: 'takeDown', name: 'a' }],
    ['that is gone', undefined, true, { do: 'takeDown', name: 'a' }],
  ])('%s', (_, wanted, isUp, step) => expect(planMachine('a', wanted, isUp, [])).toEqual(step));

  it('without a range gives it one that is free', () => {
    const { podCIDR: _, ...bare } = machine();
    expect(planMachine('a', bare, false, ['10.244.0.0/24', '10.244.2.0/24'])).toEqual({ do: 'giveRange', name: 'a', podCIDR: '10.244.1.0/24' });
  });
});

describe('ranges of pod addresses', () => {
  it('are the same both ways, and never those of Services', () => {
    fc.assert(fc.property(fc.integer({ min: 0, max: 32_767 }), (index) => {
      expect(podCIDRIndex(podCIDR(index))).toBe(index);
      expect(podCIDR(index)).toMatch(/^10\.(1[2-9]\d|2\d\d)\./);
    }));
    expect(podCIDRIndex('192.168.0.0/24')).toBe(-1);
    expect(() => podCIDR(32_768)).toThrow('no addresses');
  });

  it('are taken in order', () => {
    expect(freeRange([])).toBe('10.244.0.0/24');
    expect(freeRange(Array.from({ length: 256 }, (_, at) => podCIDR(at)))).toBe('10.245.0.0/24');
  });
});

it('new machines are named after the profile', () => {
  expect(newNames('dev', 3, new Set(['dev-m02']))).toEqual(['dev', 'dev-m03', 'dev-m04']);
});

it('a Node says what machine it is', () => {
  const node = machineNode({ name: 'a', runtime: 'docker', capacity: { cpu: '2' }, podCIDR: '10.244.9.0/24' });
  expect(machineOf(node)).toEqual({ name: 'a', runtime: 'docker', isOn: true, capacity: { cpu: '2' }, podCIDR: '10.244.9.0/24' });
  expect(machineOf({ metadata: { name: 'theirs' }, spec: {} })).toBeUndefined();
  expect(machineOf({ ...node, metadata: { ...node.metadata, annotations: { 'knarr.dev/power': 'off', 'knarr.dev/capacity': 'broken' } } })).toMatchObject({ isOn: false, capacity: {} });
});

describe('a start', () => {
  const client = () => new FakeClient({ clock: new VirtualClock(), random: seededRandom(1) });
  const names = async (of: FakeClient) => (await of.list<Node>(nodesResource)).items.map(({ metadata }) => metadata.name);

  it('makes as many machines as are missing', async () => {
    const fake = client();
    expect(await ensureMachines(fake, { profile: 'dev', count: 2, runtime: 'sim', capacity: {} })).toMatchObject([{ name: 'dev', podCIDR: '10.244.0.0/24' }, { name: 'dev-m02', podCIDR: '10.244.1.0/24' }]);
    await ensureMachines(fake, { profile: 'dev', count: 1, runtime: 'sim', capacity: {} });
    expect(await names(fake)).toEqual(['dev', 'dev-m02']);
  });

  it('takes over a node that was made before there were machines', async () => {
    const fake = client();
    await fake.create<Node>(nodesResource, { metadata: { name: 'dev' }, spec: { podCIDR: '10.244.0.0/24' } });
    expect(await ensureMachines(fake, { profile: 'dev', count: 1, runtime: 'docker', capacity: {} })).toMatchObject([{ name: 'dev', runtime: 'docker', podCIDR: '10.244.0.0/24' }]);
  });

  it('moves the machines to the runtime that is asked for now, but not those of another one', async () => {
    const fake = client();
    await fake.create(nodesResource, machineNode({ name: 'dev', runtime: 'docker', capacity: {}, podCIDR: podCIDR(0) }));
    await fake.create(nodesResource, machineNode({ name: 'toy', runtime: 'sim', capacity: {}, podCIDR: podCIDR(1) }));
    const machines = await ensureMachines(fake, { profile: 'dev', count: 1, runtime: 'sim', lastRuntime: 'docker', capacity: {} });
    expect(machines.map(({ runtime }) => runtime)).toEqual(['sim', 'sim']);
  });
});
