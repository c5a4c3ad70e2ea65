import type { KubeObject } from '../../../../src/api/meta';
import type { Client } from '../../../../src/client/client';
import { clientInTurns, clockInTurns } from '../../../../src/cluster/daemon/turns/in-turns';
import { Turns } from '../../../../src/cluster/daemon/turns/turns';
import { VirtualClock } from '../../../simulation/virtual-clock';

/** Time passes when a job says so; `io` is a look at the network. */
function stage() {
  const later: (() => void)[] = [];
  const next: (() => void)[] = [];
  const done: string[] = [];
  let nowMs = 0;
  const drain = () => {
    while (next.length) next.shift()!();
  };
  return {
    done,
    turns: new Turns({ elapsedMs: () => nowMs, afterIO: (fire) => later.push(fire), next: (fire) => next.push(fire) }),
    job: (name: string, costMs = 1) => () => {
      nowMs += costMs;
      done.push(name);
    },
    io() {
      done.push('io');
      for (const fire of later.splice(0)) {
        fire();
        drain();
      }
    },
    get rests() {
      return later.length === 0;
    },
  };
}

test('what fits into a turn is done at once, the rest between looks at the network, in order', () => {
  const { turns, job, io, done } = stage();
  for (const name of 'abcdefgh') turns.run(job(name, 2));
  io();
  io();
  expect(done.join(' ')).toBe('a b c io d e f io g h');
});

test('who comes while others wait waits behind them', () => {
  const { turns, job, io, done } = stage();
  turns.run(job('long', 9));
  turns.run(() => {
    done.push('b');
    turns.run(job('after c'));
  });
  turns.run(job('c'));
  io();
  expect(done.join(' ')).toBe('long io b c after c');
});

test('a job longer than a turn has one to itself', () => {
  const { turns, job, io, done } = stage();
  for (const name of 'abc') turns.run(job(name, 50));
  io();
  io();
  expect(done.join(' ')).toBe('a io b io c');
});

test('keeps no process awake with nothing to do', () => {
  const on = stage();
  on.turns.run(on.job('a'));
  on.io();
  expect(on.rests).toBe(true);
});

test('many thousands of jobs are each done once', () => {
  const on = stage();
  const names = Array.from({ length: 10_000 }, (_, index) => String(index));
  for (const name of names) on.turns.run(on.job(name, 0.01));
  while (!on.rests) on.io();
  expect(on.done.filter((name) => name !== 'io')).toEqual(names);
});

test('a write waits for its turn, a read does not', async () => {
  const on = stage();
  const client = { get: async () => ({}), create: async (_: unknown, object: KubeObject) => on.done.push(`create ${object.metadata.name}`) } as unknown as Client;
  const inTurns = clientInTurns(client, on.turns);
  on.turns.run(on.job('long', 9));
  const resource = { group: '', version: 'v1', plural: 'pods', namespaced: true };
  const written = inTurns.create(resource, { metadata: { name: 'a' } } as KubeObject);
  await inTurns.get(resource, 'a');
  expect(on.done).toEqual(['long']);
  on.io();
  await written;
  expect(on.done).toEqual(['long', 'io', 'create a']);
});

test('a timer that is cancelled while it waits for its turn does not fire', async () => {
  const on = stage();
  const clock = new VirtualClock();
  const inTurns = clockInTurns(clock, on.turns);
  inTurns.schedule(10, on.job('long', 9));
  const cancel = inTurns.schedule(10, on.job('cancelled'));
  inTurns.schedule(10, on.job('kept'));
  await clock.advance(10);
  cancel();
  on.io();
  expect(on.done).toEqual(['long', 'io', 'kept']);
});
