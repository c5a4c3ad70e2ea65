import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { lock } from '../../conformance/support/lock';

let directory: string;
let path: string;
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'knarr-lock-'));
  path = join(directory, 'lock');
});
afterEach(() => rmSync(directory, { recursive: true, force: true }));

test('one at a time', async () => {
  let [inside, most] = [0, 0];
  await Promise.all(Array.from({ length: 10 }, async () => {
    const release = await lock(path);
    most = Math.max(most, ++inside);
    await new Promise((resolve) => setTimeout(resolve, 1));
    inside--;
    release();
  }));
  expect(most).toBe(1);
  expect(existsSync(path)).toBe(false);
});

test('the lock of a process that has gone is taken over', async () => {
  const { pid } = spawnSync(process.execPath, ['-e', '']);
  writeFileSync(path, String(pid));
  (await lock(path))();
  expect(existsSync(path)).toBe(false);
});
