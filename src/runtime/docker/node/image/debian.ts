import { execFile } from 'node:child_process';
import { access, mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { canonicalPath, type Entry } from './rootfs';

const run = promisify(execFile);

/**
 * Files of Debian packages: those of this machine where they are installed, else unpacked from downloaded packages
 * into a temporary directory. Nothing gets installed. Needs apt-get and dpkg-deb only when something is missing.
 */
export interface DebianFiles {
  /** Where this file is on disk; throws when no package brought it. */
  locate(path: string): Promise<string>;
  /** The executables under their own paths, with all shared libraries that the loader says they need. */
  executables(...paths: string[]): Promise<Entry[]>;
  close(): Promise<void>;
}

/** `files`: package → a file of it that tells whether it is installed here. */
export async function debianFiles(files: Readonly<Record<string, string>>, onStep: (step: string) => void): Promise<DebianFiles> {
  const missing = await packagesNotInstalled(files);
  if (missing.length === 0) return filesUnder(undefined);
  const root = await mkdtemp(join(tmpdir(), 'knarr-packages-'));
  try {
    await unpack(missing, root, onStep);
  } catch (error) {
    await rm(root, { recursive: true, force: true });
    throw error;
  }
  return filesUnder(root);
}

async function packagesNotInstalled(files: Readonly<Record<string, string>>): Promise<string[]> {
  const missing: string[] = [];
  for (const [name, file] of Object.entries(files)) if (!(await exists(file))) missing.push(name);
  return missing;
}

async function unpack(packages: string[], root: string, onStep: (step: string) => void): Promise<void> {
  const downloads = join(root, 'downloads');
  await run('mkdir', ['-p', join(downloads, 'partial')]);
  onStep(`download the Debian packages ${packages.join(', ')}`);
  await download(packages, downloads, onStep);
  for (const file of await readdir(downloads)) {
    if (file.endsWith('.deb')) await run('dpkg-deb', ['-x', join(downloads, file), root]);
  }
}

async function download(packages: string[], into: string, onStep: (step: string) => void): Promise<void> {
  const fetch = () => run('apt-get', ['install', '--download-only', '--yes', '--no-install-recommends',
    // Locks and the sandbox user would ask for rights on the system's own directories.
    '-o', 'Debug::NoLocking=true', '-o', 'APT::Sandbox::User=root', '-o', `Dir::Cache::archives=${into}`, ...packages]);
  try {
    await fetch();
  } catch {
    onStep('refresh the list of Debian packages (apt-get update)');
    await run('apt-get', ['update']);
    await fetch();
  }
}

function filesUnder(root: string | undefined): DebianFiles {
  const locate = async (path: string) => {
    if (root && (await exists(join(root, path)))) return join(root, path);
    if (await exists(path)) return path;
    throw new Error(`${path} is on neither this machine nor in the Debian packages fetched for it`);
  };
  return {
    locate,
    async executables(...paths) {
      const entries: Entry[] = [];
      for (const path of paths) {
        const source = await locate(path);
        entries.push({ path, source }, ...(await librariesOf(source, root)));
      }
      return entries;
    },
    close: async () => {
      if (root) await rm(root, { recursive: true, force: true });
    },
  };
}

/** What `ldd` lists; a static executable makes it fail and needs nothing. */
async function librariesOf(executable: string, root: string | undefined): Promise<Entry[]> {
  const listing = await run('ldd', [executable], { env: { ...process.env, LC_ALL: 'C', ...(root && { LD_LIBRARY_PATH: await libraryPath(root) }) } })
    .then(({ stdout }) => stdout, () => '');
  return parseLdd(listing).map((source) => ({ path: canonicalPath(root && source.startsWith(root) ? source.slice(root.length) : source), source }));
}

async function libraryPath(root: string): Promise<string> {
  const paths = [];
  for (const base of ['lib', 'usr/lib']) {
    const names = await readdir(join(root, base)).catch(() => []);
    paths.push(...names.filter((name) => name.includes('-linux-')).map((name) => join(root, base, name)), join(root, base));
  }
  return paths.join(':');
}

/** The paths in ldd's lines `libc.so.6 => /lib/x/libc.so.6 (0x…)` and `/lib64/ld.so (0x…)`. Throws on `not found`. */
export function parseLdd(listing: string): string[] {
  const missing = /^\s*(\S+) => not found/m.exec(listing);
  if (missing) throw new Error(`the shared library ${missing[1]} is not installed`);
  return [...listing.matchAll(/^\s*(?:\S+ => )?(\/\S+) \(0x/gm)].map((match) => match[1]!);
}

const exists = (path: string) => access(path).then(() => true, () => false);
