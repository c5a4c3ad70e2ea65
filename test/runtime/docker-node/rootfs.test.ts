import { mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { extract } from 'tar-stream';
import { rootfs, type Entry } from '../../../src/runtime/docker/node/image/rootfs';

/** `path` → `type mode content-or-target`, in the order of the archive. */
async function list(entries: Entry[]): Promise<Record<string, string>> {
  const found: Record<string, string> = {};
  const reader = extract();
  reader.end(await rootfs(entries));
  for await (const entry of reader) {
    let text = '';
    for await (const chunk of entry) text += String(chunk);
    const { name, type, mode, linkname } = entry.header;
    expect(found).not.toHaveProperty([name]);
    found[name] = `${type} ${mode!.toString(8)} ${linkname ?? text}`.trim();
  }
  return found;
}

describe('an image\'s file system', () => {
  let dir: string;
  beforeEach(() => { dir = mkdtempSync(join(tmpdir(), 'knarr-rootfs-')); });
  afterEach(() => rmSync(dir, { recursive: true }));

  it('makes parents, merges /usr, and takes a path once', async () => {
    expect(await list([{ path: '/bin/tool', text: 'first', mode: 0o755 }, { path: '/usr/bin/tool', text: 'second' }, { path: '/etc/a/b', text: 'x' }])).toMatchObject({
      bin: 'symlink 777 usr/bin', lib64: 'symlink 777 usr/lib64',
      'usr/bin/': 'directory 755', 'usr/bin/tool': 'file 755 first',
      'etc/': 'directory 755', 'etc/a/': 'directory 755', 'etc/a/b': 'file 644 x',
    });
  });

  it('copies files with their mode, links followed', async () => {
    writeFileSync(join(dir, 'real'), 'content', { mode: 0o750 });
    symlinkSync('real', join(dir, 'link'));
    expect(await list([{ path: '/opt/tool', source: join(dir, 'link') }, { path: '/tmp', directory: true, mode: 0o1777 }])).toMatchObject({
      'opt/tool': 'file 750 content', 'tmp/': 'directory 1777',
    });
  });

  it('fails as a whole when a file is missing', async () => {
    await expect(list([{ path: '/opt/tool', source: join(dir, 'nowhere') }])).rejects.toThrow('nowhere');
  });

  it('is the same every time', async () => {
    const bytes = () => rootfs([{ path: '/etc/a', text: 'x' }]);
    expect(await bytes()).toEqual(await bytes());
  });
});
