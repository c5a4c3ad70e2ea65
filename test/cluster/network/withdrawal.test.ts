import type { Pod } from '../../../src/api/generated/core.v1';
import type { EndpointSlice } from '../../../src/api/generated/discovery.v1';
import { withdrawal } from '../../../src/cluster/network/withdrawal';
import { VirtualClock } from '../../simulation/virtual-clock';

const pod = { metadata: { name: 'web', namespace: 'default', uid: 'u1' } } as Pod;
const sliceOf = (uid: string, ready?: boolean, namespace = 'default') =>
  ({ metadata: { name: 'web', namespace }, endpoints: [{ addresses: ['10.244.0.2'], targetRef: { uid }, ...(ready !== undefined && { conditions: { ready } }) }] }) as EndpointSlice;

function begin(slices: EndpointSlice[], isCurrent = true) {
  const clock = new VirtualClock();
  const now = { slices, isCurrent };
  const beganMs = clock.now();
  let afterMs: number | undefined;
  const until = withdrawal({ state: { endpointSlices: { list: () => now.slices } as never }, proxies: () => [{ isCurrent: true }, now], clock });
  void until(pod).then(() => { afterMs = clock.now() - beganMs; });
  return { clock, now, afterMs: () => afterMs };
}

describe('a pod that ends', () => {
  it.each([
    ['no slice', []], ['a slice of others', [sliceOf('u2', true)]], ['one of another namespace', [sliceOf('u1', true, 'other')]], ['rules that know it leaves', [sliceOf('u1', false)]],
  ])('does not wait behind %s', async (_behind, slices) => {
    const { clock, afterMs } = begin(slices);
    await clock.advance(0);
    expect(afterMs()).toBe(0);
  });

  it('waits until its endpoint is not ready and every node has rules of that', async () => {
    const { clock, now, afterMs } = begin([sliceOf('u1')]);
    await clock.advance(30);
    now.isCurrent = false;
    now.slices = [sliceOf('u1', false)];
    await clock.advance(30);
    expect(afterMs()).toBeUndefined();
    now.isCurrent = true;
    await clock.advance(30);
    expect(afterMs()).toBe(65);
  });

  it('is not kept waiting for long', async () => {
    const { clock, afterMs } = begin([sliceOf('u1', true)]);
    await clock.advance(5000);
    expect(afterMs()).toBe(1000);
  });
});
