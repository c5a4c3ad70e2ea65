import { mkdtemp, readFile, readdir, readlink, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { writeFiles } from '../../../src/runtime/docker/volumes/atomic-files';

let directory: string;
beforeEach(async () => {
  directory = join(await mkdtemp(join(tmpdir(), 'knarr-files-')), 'volume');
});
afterEach(() => rm(join(directory, '..'), { recursive: true, force: true }));

const file = (path: string, text: string, mode = 0o644) => ({ path, data: Buffer.from(text), mode });
const read = (path: string) => readFile(join(directory, path), 'utf8');
const visible = async () => (await readdir(directory)).filter((name) => !name.startsWith('..')).sort();

describe('files of a volume', () => {
  it('are readable under their names, with their modes', async () => {
    await writeFiles(directory, [file('a', 'one', 0o400), file('deep/er/b', 'two')]);
    expect(await visible()).toEqual(['a', 'deep']);
    expect(await read('a')).toBe('one');
    expect(await read('deep/er/b')).toBe('two');
    expect((await stat(join(directory, 'a'))).mode & 0o777).toBe(0o400);
    expect(await readlink(join(directory, 'a'))).toBe('..data/a');
  });

  it('change all at once: what was opened through the old folder is gone, nothing else is left', async () => {
    await writeFiles(directory, [file('a', 'one'), file('b', 'two')]);
    const before = await readlink(join(directory, '..data'));
    await writeFiles(directory, [file('a', 'three'), file('c', 'four')]);
    expect(await readlink(join(directory, '..data'))).not.toBe(before);
    expect(await visible()).toEqual(['a', 'c']);
    expect(await read('a')).toBe('three');
    expect((await readdir(directory)).filter((name) => name.startsWith('..'))).toHaveLength(2);
  });

  it('stay as they are when nothing changed', async () => {
    const files = [file('a', 'one'), file('deep/b', 'two', 0o600)];
    await writeFiles(directory, files);
    const before = await readlink(join(directory, '..data'));
    await writeFiles(directory, files);
    expect(await readlink(join(directory, '..data'))).toBe(before);
    await writeFiles(directory, [file('a', 'one'), file('deep/b', 'two', 0o644)]);
    expect(await readlink(join(directory, '..data'))).not.toBe(before);
  });

  it('may be none', async () => {
    await writeFiles(directory, [file('a', 'one')]);
    await writeFiles(directory, []);
    expect(await visible()).toEqual([]);
  });
});
