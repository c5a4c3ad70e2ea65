import { isReason } from '../../../src/api/errors';
import type { Unstructured } from '../../../src/api/meta';
import { isStoreError, type Store, type StoreEvent } from '../../../src/cluster/store';

const object = (name: string, more: object = {}) => (revision: number): Unstructured =>
  ({ metadata: { name, resourceVersion: String(revision) }, ...more });
const names = (entries: readonly { object: Unstructured }[]) => entries.map((entry) => entry.object.metadata.name);
const seen = (events: readonly StoreEvent[]) => events.map(({ type, entry }) => `${type} ${entry.key} ${entry.revision}`);

async function outcome(work: Promise<unknown>): Promise<string> {
  return work.then(() => 'ok', (error: unknown) => (isStoreError(error) ? error.code : String(error)));
}

/** What every implementation of the store contract has to do. `open` gives an empty store. */
export function storeContract(name: string, open: (history?: { events: number; bytes: number }) => Promise<Store>): void {
  describe(`${name} keeps the store contract`, () => {
    let store: Store;
    beforeEach(async () => void (store = await open()));
    afterEach(() => store.close());

    const fill = async (...keys: string[]) => {
      for (const key of keys) await store.create(key, object(key));
    };

    test('revisions grow by write and are known to the object', async () => {
      expect(store.revision).toBe(1);
      const first = await store.create('/a/1', object('1'));
      const second = await store.update('/a/1', first.revision, object('1', { spec: 2 }));
      expect([first.revision, second.revision, store.revision]).toEqual([2, 3, 3]);
      expect(second.object).toEqual({ metadata: { name: '1', resourceVersion: '3' }, spec: 2 });
      expect(JSON.parse(second.bytes.toString())).toEqual(second.object);
      expect(store.get('/a/1')).toBe(second);
    });

    test('compare-and-swap refuses what is not as expected, and writes nothing', async () => {
      const first = await store.create('/a/1', object('1'));
      const second = await store.update('/a/1', first.revision, object('1'));
      expect(await outcome(store.create('/a/1', object('1')))).toBe('KeyExists');
      expect(await outcome(store.update('/a/1', first.revision, object('1')))).toBe('RevisionMismatch');
      expect(await outcome(store.delete('/a/1', first.revision, object('1')))).toBe('RevisionMismatch');
      expect(await outcome(store.update('/a/2', 1, object('2')))).toBe('KeyNotFound');
      expect(await outcome(store.delete('/a/2', 1, object('2')))).toBe('KeyNotFound');
      expect(store.revision).toBe(second.revision);
    });

    test('of writes made at the same time on one key exactly one wins', async () => {
      const outcomes = await Promise.all([1, 2, 3].map(() => outcome(store.create('/a/1', object('1')))));
      expect(outcomes).toEqual(['ok', 'KeyExists', 'KeyExists']);
      const { revision } = store.get('/a/1')!;
      const updates = await Promise.all([1, 2, 3].map(() => outcome(store.update('/a/1', revision, object('1')))));
      expect(updates).toEqual(['ok', 'RevisionMismatch', 'RevisionMismatch']);
    });

    test('a deleted key is gone and can be created again', async () => {
      const { revision } = await store.create('/a/1', object('1'));
      const last = await store.delete('/a/1', revision, object('1', { gone: true }));
      expect(last.revision).toBe(3);
      expect(store.get('/a/1')).toBeUndefined();
      expect((await store.create('/a/1', object('1'))).revision).toBe(4);
    });

    test('an object whose making throws is not written', async () => {
      expect(await outcome(store.create('/a/1', () => { throw new Error('no'); }))).toBe('Error: no');
      expect(store.get('/a/1')).toBeUndefined();
      expect((await store.create('/a/1', object('1'))).revision).toBe(2);
    });

    test('lists by prefix in the order of keys', async () => {
      await fill('/b/2', '/a/ns/z', '/a/ns-2/y', '/a/ns/b', '/ab/1');
      expect(names(store.list('/a/').entries)).toEqual(['/a/ns-2/y', '/a/ns/b', '/a/ns/z']);
      expect(names(store.list('/a/ns/').entries)).toEqual(['/a/ns/b', '/a/ns/z']);
      expect(store.list('/c/')).toEqual({ entries: [], revision: 6, remaining: 0 });
      expect(store.list('').entries).toHaveLength(5);
    });

    test('pages with limit and next', async () => {
      await fill('/a/1', '/a/2', '/a/3', '/a/4', '/a/5', '/b/1');
      const first = store.list('/a/', { limit: 2 });
      expect([names(first.entries), first.next, first.remaining]).toEqual([['/a/1', '/a/2'], '/a/3', 3]);
      const last = store.list('/a/', { limit: 3, startKey: first.next });
      expect([names(last.entries), last.next, last.remaining]).toEqual([['/a/3', '/a/4', '/a/5'], undefined, 0]);
      const matching = store.list('/a/', { limit: 2, match: (entry) => Number(entry.key.at(-1)) % 2 === 1 });
      expect([names(matching.entries), matching.next]).toEqual([['/a/1', '/a/3'], '/a/4']);
    });

    test('lists what was there at a past revision', async () => {
      await fill('/a/1', '/a/2', '/a/3');
      const then = store.revision;
      await store.update('/a/2', 3, object('changed'));
      await store.delete('/a/1', 2, object('1'));
      await fill('/a/0');
      const again = await store.create('/a/1', object('new'));
      await store.delete('/a/1', again.revision, object('new'));
      const past = store.list('/a/', { revision: then });
      expect([names(past.entries), past.revision]).toEqual([['/a/1', '/a/2', '/a/3'], then]);
      const page = store.list('/a/', { revision: then, startKey: '/a/2', limit: 1 });
      expect([names(page.entries), page.next, page.remaining]).toEqual([['/a/2'], '/a/3', 1]);
      expect(names(store.list('/a/').entries)).toEqual(['/a/0', 'changed', '/a/3']);
      expect(() => store.list('/a/', { revision: 99 })).toThrow('future');
    });

    test('a watch gets the past and the future, each once and in order', async () => {
      await fill('/a/1', '/b/1', '/a/2');
      const events: string[] = [];
      const stop = store.watch('/a/', 2, (batch) => events.push(...seen(batch)));
      expect(events).toEqual(['PUT /a/2 4']);
      await store.update('/a/1', 2, object('1'));
      await store.update('/b/1', 3, object('1'));
      await store.delete('/a/2', 4, object('2'));
      stop();
      await fill('/a/3');
      expect(events).toEqual(['PUT /a/2 4', 'PUT /a/1 5', 'DELETE /a/2 7']);
    });

    test('a watch from the future begins there', async () => {
      const events: string[] = [];
      store.watch('', 3, (batch) => events.push(...seen(batch)));
      await fill('/a/1', '/a/2', '/a/3');
      expect(events).toEqual(['PUT /a/3 4']);
    });

    test('events carry the state before, and share one entry between watches', async () => {
      const batches: StoreEvent[] = [];
      store.watch('', 1, (batch) => batches.push(...batch));
      store.watch('/a/', 1, (batch) => batches.push(...batch));
      const first = await store.create('/a/1', object('1'));
      const second = await store.update('/a/1', first.revision, object('1'));
      const last = await store.delete('/a/1', second.revision, object('1'));
      expect(batches.filter((_, index) => index % 2 === 0).map(({ previous }) => previous)).toEqual([undefined, first, second]);
      expect(batches[4]!.entry).toBe(last);
      expect(batches[4]).toBe(batches[5]);
    });

    test('when a write is acknowledged every watch has seen it', async () => {
      let newest = 0;
      store.watch('', 1, (batch) => void (newest = batch.at(-1)!.entry.revision));
      const entries = await Promise.all([1, 2, 3, 4, 5].map(async (n) => {
        const entry = await store.create(`/a/${n}`, object(`${n}`));
        expect(newest).toBeGreaterThanOrEqual(entry.revision);
        return entry.revision;
      }));
      expect(entries.sort()).toEqual([2, 3, 4, 5, 6]);
    });

    test('compaction forgets history, not state', async () => {
      await fill('/a/1', '/a/2', '/a/3');
      store.compact(3);
      expect(store.compacted).toBe(3);
      const expired = (work: () => unknown) => {
        try {
          return String(work());
        } catch (error) {
          return isReason(error, 'Expired');
        }
      };
      expect(expired(() => store.watch('', 2, () => undefined))).toBe(true);
      expect(expired(() => store.list('/a/', { revision: 2 }))).toBe(true);
      expect(names(store.list('/a/', { revision: 3 }).entries)).toEqual(['/a/1', '/a/2']);
      expect(names(store.list('/a/').entries)).toHaveLength(3);
      expect(() => store.compact(99)).toThrow('future');
    });

    test('bounds its history by itself', async () => {
      const small = await open({ events: 3, bytes: 1e6 });
      for (let n = 1; n <= 5; n++) await small.create(`/a/${n}`, object(`${n}`));
      expect([small.revision, small.compacted]).toEqual([6, 3]);
      await small.close();
    });

    test('refuses everything once closed', async () => {
      await store.close();
      await store.close();
      expect(() => store.get('/a/1')).toThrow('closed');
      expect(await outcome(store.create('/a/1', object('1')))).toBe('Closed');
    });
  });
}
