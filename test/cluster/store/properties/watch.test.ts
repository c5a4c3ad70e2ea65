import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Random } from '../../../../src/api/clock';
import { isReason } from '../../../../src/api/errors';
import { createMemoryStore, isStoreError, openDiskStore, type Store, type StoreEvent } from '../../../../src/cluster/store';
import { LogStore } from '../../../../src/cluster/store/log/log-store';
import { patienceMs, seededRandom, seedsOf } from '../../../simulation/random';
import { moodyJournal } from './moody-journal';

/* SEED=42 repeats a failure; SEEDS=5000 tries more, FROM=5001 others. */
const only = process.env.SEED;
const prefixes = ['', '/a/', '/b/'];
const writers = 3;
const writesEach = 25;

const turn = () => new Promise((resolve) => setImmediate(resolve));
const text = ({ type, entry, previous }: StoreEvent) => `${entry.revision} ${type} ${entry.key} over ${previous?.revision ?? 0}`;

async function writer(store: Store, random: Random): Promise<void> {
  for (let count = 0; count < writesEach; count++) {
    const key = `/${random() < 0.5 ? 'a' : 'b'}/${Math.floor(random() * 4)}`;
    const current = store.get(key);
    const make = (revision: number) => ({ metadata: { name: key, resourceVersion: String(revision) } });
    const write = !current ? store.create(key, make) : random() < 0.7 ? store.update(key, current.revision, make) : store.delete(key, current.revision, make);
    await write.catch((error: unknown) => {
      if (!isStoreError(error)) throw error;
    });
    if (random() < 0.4) await turn();
  }
}

/** Sees everything under a prefix by list and watch, and looks away now and then; after a compaction it lists again. */
class Follower {
  /** What it was told since the list, which was of the revision `from`. */
  seen: string[] = [];
  from = 0;
  lists = 0;
  #last = 0;
  #state = new Map<string, number>();
  #stop: (() => void) | undefined;

  constructor(private readonly store: () => Store, readonly prefix: string) {
    this.#list();
  }

  lookAway(): void {
    this.#stop?.();
    this.#stop = undefined;
  }

  reconnect(): void {
    this.lookAway();
    try {
      this.#stop = this.store().watch(this.prefix, this.#last, (events) => this.#take(events));
    } catch (error) {
      if (!isReason(error, 'Expired')) throw error;
      this.#list();
    }
  }

  /** Nobody who watches has missed anything up to now: where to go on from after a break. */
  bookmark(): void {
    if (this.#stop) this.#last = this.store().revision;
  }

  state(): string {
    return [...this.#state].sort().join(' ');
  }

  #list(): void {
    const { entries, revision } = this.store().list(this.prefix);
    this.#state = new Map(entries.map((entry) => [entry.key, entry.revision]));
    this.#last = this.from = revision;
    this.seen = [];
    this.lists++;
    this.reconnect();
  }

  #take(events: readonly StoreEvent[]): void {
    for (const event of events) {
      this.seen.push(text(event));
      this.#last = event.entry.revision;
      if (event.type === 'PUT') this.#state.set(event.entry.key, event.entry.revision);
      else this.#state.delete(event.entry.key);
    }
  }
}

interface World {
  store(): Store;
  /** Closes the store and opens it anew, where what it holds outlives that. */
  restart?(): Promise<void>;
}

/** Everything that was ever delivered, as one watch from the beginning sees it. */
function chronicle(store: Store, log: StoreEvent[]): void {
  store.watch('', log.at(-1)?.entry.revision ?? 1, (events) => void log.push(...events));
}

async function follow(world: World, seed: number): Promise<{ lists: number; events: number }> {
  const random = seededRandom(seed);
  const log: StoreEvent[] = [];
  chronicle(world.store(), log);
  const followers = prefixes.flatMap((prefix) => [new Follower(world.store, prefix), new Follower(world.store, prefix)]);
  for (let round = 0; round < (world.restart ? 2 : 1); round++) {
    const writing = Promise.all(Array.from({ length: writers }, () => writer(world.store(), random)));
    let isWriting = true;
    void writing.then(() => void (isWriting = false));
    while (isWriting) {
      await turn();
      for (const follower of followers) act(follower, random());
      if (random() < 0.05) world.store().compact(world.store().revision - Math.floor(random() * 5));
    }
    await writing;
    if (world.restart) {
      await world.restart();
      chronicle(world.store(), log);
    }
    for (const follower of followers) follower.reconnect();
  }
  for (const follower of followers) judge(world.store(), follower, log, seed);
  return { lists: followers.reduce((sum, { lists }) => sum + lists, 0), events: log.length };
}

function act(follower: Follower, choice: number): void {
  if (choice < 0.1) follower.lookAway();
  else if (choice < 0.3) follower.reconnect();
  else if (choice < 0.4) follower.bookmark();
}

function judge(store: Store, follower: Follower, log: readonly StoreEvent[], seed: number): void {
  const expected = log.filter(({ entry }) => entry.revision > follower.from && entry.key.startsWith(follower.prefix)).map(text);
  expect({ seed, seen: follower.seen }).toEqual({ seed, seen: expected });
  expect(follower.state()).toBe(store.list(follower.prefix).entries.map(({ key, revision }) => `${key},${revision}`).join(' '));
}

describe('a watch gets every write once and in order, whoever writes, compacts and reconnects', () => {
  test.each([
    ['in memory', 100, () => createMemoryStore()],
    ['over a journal that takes its time and fails', 200, (random: Random) => new LogStore({ journal: moodyJournal(random, { failure: 0.1 }) })],
    ['with a history too short for the slow', 100, (random: Random) => new LogStore({ journal: moodyJournal(random, { failure: 0 }), history: { events: 8, bytes: 1e6 } })],
  ] as const)('%s', async (_name, count, open) => {
    let [lists, events] = [0, 0];
    for (const seed of seedsOf(count)) {
      const store = open(seededRandom(seed + 1e6));
      const run = await follow({ store: () => store }, seed);
      lists += run.lists;
      events += run.events;
    }
    // Some had to begin again, and there was something to see.
    if (!only) expect([lists > 6 * count, events > 30 * count]).toEqual([true, true]);
  }, patienceMs());

  test('on disk, over restarts', async () => {
    const directory = mkdtempSync(join(tmpdir(), 'knarr-watch-'));
    for (const seed of seedsOf(8)) {
      const open = () => openDiskStore(join(directory, String(seed)), { logFileBytes: 8192 });
      let store = await open();
      await follow({
        store: () => store,
        async restart() {
          await store.close();
          store = await open();
        },
      }, seed);
      await store.close();
    }
    rmSync(directory, { recursive: true });
  }, patienceMs());
});
