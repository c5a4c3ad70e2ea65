import type { Clock } from '../../../src/api/clock';
import type { Pod } from '../../../src/api/generated/core.v1';
import type { Client } from '../../../src/client/client';
import type { InformerSet } from '../../../src/client/informer';
import { Sources } from '../../../src/cluster/kubelet/sources';

const hourMs = 3600_000;
const pod = { metadata: { name: 'web', namespace: 'default', uid: 'u' }, spec: { containers: [] } } as unknown as Pod;

function world(): { sources: Sources; issued: () => number; pass(ms: number): void } {
  let [nowMs, count] = [0, 0];
  const clock = { now: () => nowMs } as Clock;
  const informers = { for: () => ({ synced: Promise.resolve() }) } as unknown as InformerSet;
  const client = { create: async () => ({ status: { token: `token ${++count}`, expirationTimestamp: new Date(nowMs + hourMs).toISOString() } }) } as unknown as Client;
  return { sources: new Sources(informers, client, clock), issued: () => count, pass: (ms) => { nowMs += ms; } };
}

test('a token is renewed when four fifths of its life are over', async () => {
  const { sources, issued, pass } = world();
  expect(await sources.token(pod, undefined, 3600)).toBe('token 1');
  expect(sources.refreshAtMs(pod)).toBe(0.8 * hourMs);
  pass(0.79 * hourMs);
  expect(await sources.token(pod, undefined, 3600)).toBe('token 1');
  pass(0.01 * hourMs);
  expect(await sources.token(pod, undefined, 3600)).toBe('token 2');
  sources.dropUnread(pod);
  expect([issued(), sources.refreshAtMs(pod)]).toEqual([2, 1.6 * hourMs]);
});

test('one that nobody reads any more is not due for ever', async () => {
  const { sources, pass } = world();
  await sources.token(pod, 'vault', 3600);
  pass(0.5 * hourMs);
  await sources.token(pod, undefined, 3600);
  pass(0.4 * hourMs);
  sources.dropUnread(pod);
  expect(sources.refreshAtMs(pod)).toBe(1.3 * hourMs);
  pass(hourMs);
  sources.dropUnread(pod);
  expect(sources.refreshAtMs(pod)).toBeUndefined();
});
