import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Entry, isStoreError } from '../../../src/cluster/store';
import { DiskJournal } from '../../../src/cluster/store/disk/disk-journal';

const put = (revision: number) =>
  [{ type: 'PUT' as const, entry: Entry.ofBytes(`/a/${revision}`, revision, Buffer.alloc(300, 'x')), previous: undefined }];

test('a base that cannot be advanced lets the log grow only so far, and is caught up with when it can', async () => {
  const directory = mkdtempSync(join(tmpdir(), 'knarr-journal-'));
  let isStuck = true;
  let advanced = 1;
  const base = {
    revision: 1,
    *entries() {},
    async advance(_changed: ReadonlyMap<string, Entry | undefined>, revision: number) {
      if (isStuck) throw Object.assign(new Error('no space left on device'), { code: 'ENOSPC' });
      advanced = revision;
    },
  };
  const { journal } = await DiskJournal.open(directory, base, 1024);
  const write = (revision: number) => journal.append(put(revision), revision).then(() => undefined, (error: unknown) => (isStoreError(error) ? error.code : String(error)));
  let revision = 2;
  let refused: string | undefined;
  while (refused === undefined && revision < 500) refused = await write(revision++);
  expect([refused, revision > 60, advanced]).toEqual(['NoSpace', true, 1]);
  expect(await write(revision)).toBe('NoSpace');
  isStuck = false;
  for (let attempt = 0; attempt < 100 && (await write(revision++)); attempt++) await new Promise((resolve) => setTimeout(resolve, 10));
  for (let count = 0; count < 10; count++) expect(await write(revision++)).toBeUndefined();
  await journal.close();
  expect(advanced).toBe(revision - 1);
  expect(readdirSync(directory).length).toBeLessThan(10);
  rmSync(directory, { recursive: true });
});
