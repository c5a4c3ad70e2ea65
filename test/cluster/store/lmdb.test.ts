import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { isStoreError, openLmdbStore } from '../../../src/cluster/store';
import { storeFailure } from '../../../src/cluster/store/lmdb/failure';
import { storeContract } from './contract';
import { writeUntilKilled, openElsewhere, openAs, writeUntilFull } from './child';

let directory: string;
let stores = 0;
beforeAll(() => void (directory = mkdtempSync(join(tmpdir(), 'knarr-store-'))));
afterAll(() => rmSync(directory, { recursive: true, force: true }));
const fresh = () => join(directory, String(++stores));
const object = (name: string) => (revision: number) => ({ metadata: { name, resourceVersion: String(revision) } });
const failure = async (work: Promise<unknown>) =>
  work.then(() => undefined, (error: unknown) => (isStoreError(error) ? `${error.code}: ${error.message}` : String(error)));

storeContract('the lmdb store', (history) => openLmdbStore(fresh(), { ...(history && { history }) }));

test('keeps objects and the revision over a restart, also behind deletions', async () => {
  const at = fresh();
  const before = await openLmdbStore(at);
  const kept = await before.create('/a/kept', object('kept'));
  const gone = await before.create('/a/gone', object('gone'));
  await before.delete('/a/gone', gone.revision, object('gone'));
  await before.close();

  const after = await openLmdbStore(at);
  expect([after.revision, after.compacted]).toEqual([4, 4]);
  expect(after.list('').entries.map(({ key, revision, object }) => [key, revision, object])).toEqual([['/a/kept', 2, kept.object]]);
  expect((await after.update('/a/kept', 2, object('kept'))).revision).toBe(5);
  await after.close();
});

test('a second opener is told who has it', async () => {
  const at = fresh();
  const store = await openLmdbStore(at);
  const refused = `InUse: ${at} is in use by process ${process.pid}`;
  expect(await failure(openLmdbStore(at))).toBe(refused);
  expect(await openElsewhere(at)).toBe(refused);
  await store.create('/a/1', object('1'));
  await store.close();
  expect(await openElsewhere(at)).toBe('ok');
});

test('a killed writer loses nothing that it acknowledged, and its lock does not stay', async () => {
  const at = fresh();
  const acknowledged = await writeUntilKilled(at, 200);
  const store = await openLmdbStore(at);
  expect(acknowledged.length).toBeGreaterThanOrEqual(200);
  for (const { key, revision } of acknowledged) expect(store.get(key)?.revision).toBe(revision);
  expect(store.revision).toBeGreaterThanOrEqual(acknowledged.at(-1)!.revision);
  await store.close();
}, 30_000);

test('a full disk refuses the write with its name and keeps what was there', async () => {
  const at = fresh();
  const { acknowledged, error } = await writeUntilFull(at);
  expect(error).toBe(`NoSpace: no space left to write in ${at}`);
  const store = await openLmdbStore(at);
  for (const { key, revision } of acknowledged) expect(store.get(key)?.revision).toBe(revision);
  await store.close();
}, 30_000);

test('a directory that cannot be written is named', async () => {
  const file = join(directory, 'file');
  writeFileSync(file, '');
  expect(await failure(openLmdbStore(join(file, 'store')))).toMatch(/^Failed: cannot use .*file\/store: ENOTDIR: not a directory/);
  if (process.getuid?.() === 0) expect(await openAs(65534, join(directory, 'denied'))).toBe(`Denied: no permission to write in ${join(directory, 'denied')}`);
});

test('a file that is no database is called damaged', async () => {
  const at = fresh();
  await (await openLmdbStore(at)).close();
  writeFileSync(join(at, 'data.mdb'), Buffer.alloc(8192, 'x'));
  expect(await failure(openLmdbStore(at))).toBe(`Damaged: ${at} does not hold a readable store`);
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
