import { lstatSync, mkdirSync, mkdtempSync, readFileSync, readlinkSync, rmSync, symlinkSync, writeFileSync, existsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { extract, pack, type Pack } from 'tar-stream';
import { packed } from '../../../../src/cli/verbs/cp/pack';
import { archivePrefix, isWithin, parseFileSpec } from '../../../../src/cli/verbs/cp/spec';
import { unpack } from '../../../../src/cli/verbs/cp/unpack';

it.each([
  ['a/b/', { namespace: '', pod: '', path: 'a/b' }],
  ['/', { namespace: '', pod: '', path: '/' }],
  ['web:/etc/', { namespace: '', pod: 'web', path: '/etc' }],
  ['other/web:a\\b', { namespace: 'other', pod: 'web', path: 'a/b' }],
  ['web:', { namespace: '', pod: 'web', path: '' }],
  ['web:a:b', { namespace: '', pod: 'web', path: 'a:b' }],
])('%s is %j', (text, spec) => expect(parseFileSpec(text)).toEqual(spec));

it.each([':a', 'a/b/c:d'])('%s is refused', (text) => expect(() => parseFileSpec(text)).toThrow('filespec must match the canonical format: [[namespace/]pod:]file/path'));

it.each([['/tmp/a', 'tmp/a'], ['a/../b', 'b'], ['../../etc', 'etc'], ['.', ''], ['/', ''], ['//a', 'a'], ['/..', '']])('the archive of %s begins with %j', (path, prefix) => {
  expect(archivePrefix(path)).toBe(prefix);
});

it.each([['a', 'a', true], ['a', 'a/b', true], ['a', 'b', false], ['a', 'a/../b', false], ['.', 'b', true], ['a/b', 'a', false]])('of %s is %s within: %s', (base, target, expected) => {
  expect(isWithin(base, target)).toBe(expected);
});

describe('an archive', () => {
  let cwd: string;
  beforeEach(() => { cwd = mkdtempSync(join(tmpdir(), 'knarr-cp-')); });
  afterEach(() => rmSync(cwd, { recursive: true }));

  async function unpacked(archive: NodeJS.ReadableStream, prefix: string, destination: string) {
    const into = extract();
    const left: string[] = [];
    const done = unpack(into, { prefix, destination, cwd, outside: (file) => left.push(file), symlink: (file, target) => left.push(`${file} -> ${target}`) });
    await Promise.all([pipeline(archive, into as unknown as NodeJS.WritableStream).catch(() => undefined), done]);
    return left;
  }

  it('carries files, empty folders and modes, and leaves links out on the way back', async () => {
    mkdirSync(join(cwd, 'src/sub/empty'), { recursive: true });
    writeFileSync(join(cwd, 'src/big'), Buffer.alloc(200_000, 7));
    writeFileSync(join(cwd, 'src/sub/a'), 'hello');
    symlinkSync('big', join(cwd, 'src/link'));
    const left = await unpacked(await packed('src', cwd, 'there'), 'there', 'out');
    expect(left).toEqual(['out/link -> big']);
    expect(readFileSync(join(cwd, 'out/big'))).toEqual(Buffer.alloc(200_000, 7));
    expect(readFileSync(join(cwd, 'out/sub/a'), 'utf8')).toBe('hello');
    expect(lstatSync(join(cwd, 'out/sub/empty')).isDirectory()).toBe(true);
  });

  it('holds links as links', async () => {
    symlinkSync('/nowhere', join(cwd, 'link'));
    const headers: unknown[] = [];
    const into = extract().on('entry', ({ name, type, linkname }, stream, next) => { headers.push({ name, type, linkname }); stream.resume(); next(); });
    await pipeline(await packed('link', cwd, 'x'), into as unknown as NodeJS.WritableStream);
    expect(headers).toEqual([{ name: 'x', type: 'symlink', linkname: '/nowhere' }]);
    expect(readlinkSync(join(cwd, 'link'))).toBe('/nowhere');
  });

  const evil = (fill: (archive: Pack) => void) => {
    const archive = pack();
    fill(archive);
    archive.finalize();
    return archive as unknown as NodeJS.ReadableStream;
  };

  it('never writes beside the destination', async () => {
    const left = await unpacked(evil((archive) => {
      archive.entry({ name: 'a/../../evil' }, 'x');
      archive.entry({ name: 'a/good' }, 'y');
    }), 'a', 'out');
    expect(left).toEqual(['../evil']);
    expect(existsSync(join(cwd, '../evil'))).toBe(false);
    expect(readFileSync(join(cwd, 'out/good'), 'utf8')).toBe('y');
  });

  it('is refused when its names are not those asked for', async () => {
    await expect(unpacked(evil((archive) => archive.entry({ name: 'other' }, 'x')), 'a', 'out')).rejects.toThrow('tar contents corrupted');
  });

  it('cannot become a folder that is there', async () => {
    mkdirSync(join(cwd, 'out'));
    await expect(unpacked(evil((archive) => archive.entry({ name: 'a' }, 'x')), 'a', 'out')).rejects.toThrow('open out: is a directory');
  });
});
