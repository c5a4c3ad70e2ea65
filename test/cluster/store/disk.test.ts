import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { open as openDatabase } from 'lmdb';
import { isStoreError, openDiskStore } from '../../../src/cluster/store';
import { storeFailure } from '../../../src/cluster/store/disk/failure';
import { storeContract } from './contract';
import { writeUntilKilled, openElsewhere, openAs, writeUntilFull } from './child';

let directory: string;
let stores = 0;
beforeAll(() => void (directory = mkdtempSync(join(tmpdir(), 'knarr-store-'))));
afterAll(() => rmSync(directory, { recursive: true, force: true }));
const fresh = () => join(directory, String(++stores));
/** The oldest. */
const logFile = (at: string) => join(at, readdirSync(at).filter((name) => name.startsWith('log-')).sort()[0]!);
const object = (name: string) => (revision: number) => ({ metadata: { name, resourceVersion: String(revision) } });
const failure = async (work: Promise<unknown>) =>
  work.then(() => undefined, (error: unknown) => (isStoreError(error) ? `${error.code}: ${error.message}` : String(error)));

storeContract('the store on disk', (history) => openDiskStore(fresh(), { ...(history && { history }) }));

test('keeps objects and the revision over a restart, also behind deletions', async () => {
  const at = fresh();
  const before = await openDiskStore(at);
  const kept = await before.create('/a/kept', object('kept'));
  const gone = await before.create('/a/gone', object('gone'));
  await before.delete('/a/gone', gone.revision, object('gone'));
  await before.close();

  const after = await openDiskStore(at);
  expect([after.revision, after.compacted]).toEqual([4, 1]);
  const events: string[] = [];
  after.watch('', 2, (batch) => events.push(...batch.map(({ type, entry, previous }) => `${type} ${entry.revision} over ${previous?.revision}`)));
  expect(events).toEqual(['PUT 3 over undefined', 'DELETE 4 over 3']);
  expect(after.list('', { revision: 3 }).entries.map(({ key }) => key)).toEqual(['/a/gone', '/a/kept']);
  expect(after.list('').entries.map(({ key, revision, object }) => [key, revision, object])).toEqual([['/a/kept', 2, kept.object]]);
  expect((await after.update('/a/kept', 2, object('kept'))).revision).toBe(5);
  await after.close();
});

test('what was not read yet is read when it is asked for, also when it was superseded meanwhile', async () => {
  const at = fresh();
  const options = { logFileBytes: 1024, history: { events: 1, bytes: 1e6 } };
  const before = await openDiskStore(at, options);
  for (let n = 0; n < 40; n++) await before.create(`/a/${n}`, object(`first ${n}`));
  await before.close();

  const after = await openDiskStore(at, options);
  const old = after.list('/a/').entries;
  for (const { key, revision } of old) await (Number(key.slice(3)) % 2 ? after.update(key, revision, object('second')) : after.delete(key, revision, object('last')));
  // The base has gone on by then.
  for (let n = 0; n < 40; n++) await after.create(`/b/${n}`, object(`${n}`));
  expect(old.map(({ object: { metadata } }) => metadata.name)).toEqual(old.map(({ key }) => `first ${key.slice(3)}`));
  expect(old.map(({ bytes }) => JSON.parse(bytes.toString()) as unknown)).toEqual(old.map((entry) => entry.object));
  await after.close();
});

test('a second opener is told who has it', async () => {
  const at = fresh();
  const store = await openDiskStore(at);
  const refused = `InUse: ${at} is in use by process ${process.pid}`;
  expect(await failure(openDiskStore(at))).toBe(refused);
  expect(await openElsewhere(at)).toBe(refused);
  await store.create('/a/1', object('1'));
  await store.close();
  expect(await openElsewhere(at)).toBe('ok');
});

test.each([['within one file of the log', undefined], ['over many files', 32 * 1024]])('a killed writer loses nothing that it acknowledged, and its lock does not stay: %s', async (_where, logFileBytes) => {
  const at = fresh();
  const acknowledged = await writeUntilKilled(at, 200, logFileBytes);
  const store = await openDiskStore(at);
  expect(acknowledged.length).toBeGreaterThanOrEqual(200);
  for (const { key, revision } of acknowledged) expect(store.get(key)?.revision).toBe(revision);
  expect(store.revision).toBeGreaterThanOrEqual(acknowledged.at(-1)!.revision);
  const middle = acknowledged[100]!.revision;
  const watched: number[] = [];
  store.watch('', middle, (events) => watched.push(...events.map(({ entry }) => entry.revision)));
  expect(watched).toEqual([...watched].sort((a, b) => a - b));
  expect(acknowledged.filter(({ revision }) => revision > middle && !watched.includes(revision))).toEqual([]);
  await store.close();
}, 30_000);

test('a full disk refuses the write with its name, keeps what was there and takes what fits', async () => {
  const at = fresh();
  const { acknowledged, error } = await writeUntilFull(at);
  expect(error).toBe(`NoSpace: no space left to write in ${at}`);
  expect(acknowledged.at(-1)?.key).toBe('/a/small');
  const store = await openDiskStore(at);
  for (const { key, revision } of acknowledged) expect(store.get(key)?.revision).toBe(revision);
  await store.close();
}, 30_000);

test('a directory that cannot be written is named', async () => {
  const file = join(directory, 'file');
  writeFileSync(file, '');
  expect(await failure(openDiskStore(join(file, 'store')))).toMatch(/^Failed: cannot use .*file\/store: ENOTDIR: not a directory/);
  if (process.getuid?.() === 0) expect(await openAs(65534, join(directory, 'denied'))).toBe(`Denied: no permission to write in ${join(directory, 'denied')}`);
});

test('a file that is no database is called damaged', async () => {
  const at = fresh();
  await (await openDiskStore(at)).close();
  writeFileSync(join(at, 'data.mdb'), Buffer.alloc(8192, 'x'));
  expect(await failure(openDiskStore(at))).toBe(`Damaged: ${at} does not hold a readable store`);
});

test('history and state stand in files that come and go', async () => {
  const at = fresh();
  const options = { logFileBytes: 4096, history: { events: 20, bytes: 1e6 } };
  let store = await openDiskStore(at, options);
  const seen: number[] = [];
  for (let round = 0; round < 4; round++) {
    for (let n = 0; n < 60; n++) {
      const key = `/a/${n % 7}`;
      const current = store.get(key);
      const { revision } = await (current ? store.update(key, current.revision, object(key)) : store.create(key, object(key)));
      seen.push(revision);
    }
    const state = store.list('').entries.map(({ key, revision }) => `${key} ${revision}`);
    await store.close();
    store = await openDiskStore(at, options);
    expect(store.list('').entries.map(({ key, revision }) => `${key} ${revision}`)).toEqual(state);
    const past: number[] = [];
    store.watch('', seen.at(-11)!, (events) => past.push(...events.map(({ entry }) => entry.revision)));
    expect(past).toEqual(seen.slice(-10));
  }
  expect(readdirSync(at).filter((name) => name.startsWith('log-')).length).toBeLessThan(12);
  await store.close();
});

test('whatever a crash leaves of the last batches, what is whole is there and writing goes on', async () => {
  const at = fresh();
  const store = await openDiskStore(at);
  const revisions: number[] = [];
  for (let n = 1; n <= 12; n++) revisions.push((await store.create(`/a/${n}`, object(`${n}`))).revision);
  const log = readFileSync(logFile(at));
  const length = log.findLastIndex((byte) => byte !== 0) + 1;
  await store.close();
  for (let cut = 17; cut < length; cut += 173) {
    writeFileSync(logFile(at), Buffer.concat([log.subarray(0, cut), Buffer.alloc(log.length - cut)]));
    rmSync(join(at, 'data.mdb'));
    const after = await openDiskStore(at);
    const kept = after.list('').entries.map(({ revision }) => revision).sort((a, b) => a - b);
    expect(kept).toEqual(revisions.slice(0, kept.length));
    const next = await after.create('/a/next', object('next'));
    await after.close();
    rmSync(join(at, 'data.mdb'));
    const again = await openDiskStore(at);
    expect(again.list('').entries.map(({ revision }) => revision).sort((a, b) => a - b)).toEqual([...kept, next.revision]);
    await again.close();
  }
}, 30_000);

test('a log with a gap in its middle is called damaged', async () => {
  const at = fresh();
  const store = await openDiskStore(at, { logFileBytes: 512 });
  for (let n = 1; n <= 12; n++) await store.create(`/a/${n}`, object(`${n}`));
  await store.close();
  const first = logFile(at);
  writeFileSync(first, Buffer.concat([readFileSync(first).subarray(0, 100), Buffer.alloc(412)]));
  expect(await failure(openDiskStore(at))).toBe(`Damaged: ${first} is cut short`);
});

test('reads what was written before there was a log', async () => {
  const at = fresh();
  const root = openDatabase(at, { noSubdir: false, maxDbs: 2 });
  await root.openDB('meta', { encoding: 'json' }).put('format', 1);
  await root.openDB('meta', { encoding: 'json' }).put('revision', 7);
  await root.openDB('objects', { encoding: 'binary', useVersions: true }).put('/a/old', Buffer.from(JSON.stringify(object('old')(5))), 5);
  await root.close();
  const store = await openDiskStore(at);
  expect([store.revision, store.compacted, store.get('/a/old')?.object]).toEqual([7, 7, object('old')(5)]);
  expect((await store.update('/a/old', 5, object('old'))).revision).toBe(8);
  await store.close();
});

test.each([
  ['No space left on device', 'NoSpace: no space left to write in /d'],
  ['EROFS: read-only file system', 'ReadOnly: /d is on a read-only file system'],
  ['Permission denied', 'Denied: no permission to write in /d'],
  ['MDB_CORRUPTED: Located page was wrong type', 'Damaged: /d does not hold a readable store'],
  ['Input/output error\nmore', 'Failed: cannot use /d: Input/output error'],
])('%s is coded', (message, expected) => {
  const { code, message: text } = storeFailure(new Error(message), '/d');
  expect(`${code}: ${text}`).toBe(expected);
});
