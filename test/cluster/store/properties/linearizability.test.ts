import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Random } from '../../../../src/api/clock';
import { createMemoryStore, isStoreError, openDiskStore, type Store } from '../../../../src/cluster/store';
import { LogStore } from '../../../../src/cluster/store/log/log-store';
import { patienceMs, seededRandom, seedsOf } from '../../../simulation/random';
import { moodyJournal } from './moody-journal';
import { Recorder, unexplained, type Asked, type Operation, type Outcome } from './linearizability';

/* SEED=42 repeats a failure; SEEDS=5000 tries more, FROM=5001 others. */
const clients = 4;
const operationsEach = 8;

const key = '/a/contended';
const object = (revision: number) => ({ metadata: { name: 'contended', resourceVersion: String(revision) } });
const reasons: Record<string, Outcome> = { KeyExists: 'exists', KeyNotFound: 'missing', RevisionMismatch: 'mismatch', Failed: 'refused' };

async function outcome(write: Promise<{ revision: number }>): Promise<Outcome> {
  try {
    return (await write).revision;
  } catch (error) {
    if (isStoreError(error) && reasons[error.code]) return reasons[error.code]!;
    throw error;
  }
}

/** Reads mostly before it writes; now and then it writes over what it never saw. */
async function client(store: Store, random: Random, recorder: Recorder): Promise<void> {
  let seen = 0;
  const work = async (): Promise<Asked> => {
    const choice = random();
    if (choice < 0.35) return { verb: 'get', saw: store.get(key)?.revision ?? 0 };
    if (choice < 0.55) return { verb: 'create', outcome: await outcome(store.create(key, object)) };
    const expected = seen || 1 + Math.floor(random() * 6);
    if (choice < 0.85) return { verb: 'update', expected, outcome: await outcome(store.update(key, expected, object)) };
    return { verb: 'delete', expected, outcome: await outcome(store.delete(key, expected, object)) };
  };
  for (let count = 0; count < operationsEach; count++) {
    for (let turns = Math.floor(random() * 3); turns > 0; turns--) await new Promise((resolve) => setImmediate(resolve));
    const asked = await recorder.run(work);
    if (asked.verb === 'get') seen = asked.saw;
    else if (typeof asked.outcome === 'number') seen = asked.verb === 'delete' ? 0 : asked.outcome;
  }
}

async function contend(store: Store, seed: number): Promise<string | undefined> {
  const random = seededRandom(seed);
  const recorder = new Recorder();
  await Promise.all(Array.from({ length: clients }, () => client(store, random, recorder)));
  const why = unexplained(recorder.operations);
  return why && `seed ${seed}: ${why}`;
}

describe('one key under concurrent writers is a linearizable register', () => {
  test.each([
    ['in memory', 100, () => createMemoryStore()],
    ['over a journal that takes its time and fails', 400, (random: Random) => new LogStore({ journal: moodyJournal(random, { failure: 0.2 }) })],
  ] as const)('%s', async (_name, count, open) => {
    for (const seed of seedsOf(count)) expect(await contend(open(seededRandom(seed + 1e6)), seed)).toBeUndefined();
  }, patienceMs());

  test('on disk', async () => {
    const directory = mkdtempSync(join(tmpdir(), 'knarr-linear-'));
    for (const seed of seedsOf(20)) {
      const store = await openDiskStore(join(directory, String(seed)));
      expect(await contend(store, seed)).toBeUndefined();
      await store.close();
    }
    rmSync(directory, { recursive: true });
  }, patienceMs());
});

const between = (begin: number, end: number, asked: Asked): Operation => ({ ...asked, begin, end });

test.each<[string, boolean, Operation[]]>([
  ['a read of what was written before', true, [between(1, 2, { verb: 'create', outcome: 2 }), between(3, 4, { verb: 'get', saw: 2 })]],
  ['a read of nothing while it is written', true, [between(1, 4, { verb: 'create', outcome: 2 }), between(2, 3, { verb: 'get', saw: 0 })]],
  ['a stale read', false, [between(1, 2, { verb: 'create', outcome: 2 }), between(3, 4, { verb: 'get', saw: 0 })]],
  ['two reads that go back', false, [between(1, 8, { verb: 'create', outcome: 2 }), between(2, 3, { verb: 'get', saw: 2 }), between(4, 5, { verb: 'get', saw: 0 })]],
  ['two winners of one race', false, [
    between(1, 2, { verb: 'create', outcome: 2 }), between(3, 6, { verb: 'update', expected: 2, outcome: 3 }), between(4, 5, { verb: 'update', expected: 2, outcome: 4 }),
  ]],
  ['a lost update', false, [between(1, 2, { verb: 'create', outcome: 2 }), between(3, 4, { verb: 'update', expected: 2, outcome: 3 }), between(5, 6, { verb: 'update', expected: 3, outcome: 'missing' })]],
])('the checker judges %s', (_what, isFine, operations) => {
  expect(unexplained(operations) === undefined).toBe(isFine);
});
