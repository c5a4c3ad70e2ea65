import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { cacheName, readCache, saveCache } from '../../../src/cli/hot/code-cache';

const home = mkdtempSync(join(tmpdir(), 'knarr-code-cache-'));
afterAll(() => rmSync(home, { recursive: true, force: true }));

const cache = new Map([['a.js', Buffer.from([0, 10, 255])], ['b.js', Buffer.from('\n')]]);

test('what one run saves the next one reads, chunk by chunk', () => {
  saveCache([join(home, 'new')], 'x.bin', cache);
  expect([...readCache([join(home, 'new')], 'x.bin')]).toEqual([...cache]);
});

test('the next directory serves where the first cannot be written', () => {
  writeFileSync(join(home, 'file'), '');
  const directories = [join(home, 'file'), join(home, 'second')];
  saveCache(directories, 'y.bin', cache);
  expect(readCache(directories, 'y.bin').size).toBe(2);
});

test('without a cache, or with one that is broken, everything is compiled', () => {
  writeFileSync(join(home, 'broken.bin'), '[["a.js"');
  expect(readCache([home], 'broken.bin').size).toBe(0);
  expect(readCache([home], 'missing.bin').size).toBe(0);
});

test('a cache is of one command and one build', () => {
  const names = [cacheName('build 1', 'get'), cacheName('build 2', 'get'), cacheName('build 1', 'wait')];
  expect(new Set(names).size).toBe(3);
  expect(cacheName('build 1', '../x')).toMatch(/^other-/);
});
