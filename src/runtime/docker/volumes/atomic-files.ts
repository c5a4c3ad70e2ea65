import { chmod, lstat, mkdir, mkdtemp, readFile, readdir, readlink, rename, rm, symlink, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';

export interface FileContent {
  path: string;
  data: Buffer;
  mode: number;
}

const dataLink = '..data';

/**
 * Replaces all files of a directory at once: they live in a folder of their own, which `..data` points to, and the
 * names that readers use are links through `..data`; its rename is the moment of the change. After
 * pkg/volume/util/atomic_writer.go. `prepare` gets the new folder before it is shown.
 */
export async function writeFiles(directory: string, files: readonly FileContent[], prepare: (folder: string) => Promise<void> = () => Promise.resolve()): Promise<void> {
  await mkdir(directory, { recursive: true, mode: 0o755 });
  const old = await readlink(join(directory, dataLink)).catch(() => undefined);
  if (old !== undefined && (await isSame(join(directory, old), files))) return;
  const folder = await mkdtemp(join(directory, '..knarr_'));
  await chmod(folder, 0o755);
  for (const file of files) await writeOne(folder, file);
  await prepare(folder);
  await link(directory, dataLink, folder.slice(directory.length + 1));
  await linkNames(directory, new Set(files.map(({ path }) => path.split('/')[0]!)));
  if (old !== undefined) await rm(join(directory, old), { recursive: true, force: true });
}

async function writeOne(folder: string, { path, data, mode }: FileContent): Promise<void> {
  const file = join(folder, path);
  await mkdir(dirname(file), { recursive: true });
  await writeFile(file, data);
  // writeFile's own mode goes through the umask.
  await chmod(file, mode);
}

/** A link that is there is replaced in one step. */
async function link(directory: string, name: string, target: string): Promise<void> {
  const temporary = join(directory, `${name}_tmp`);
  await rm(temporary, { force: true });
  await symlink(target, temporary);
  await rename(temporary, join(directory, name));
}

async function linkNames(directory: string, names: ReadonlySet<string>): Promise<void> {
  const present = new Set((await readdir(directory)).filter((name) => !name.startsWith('..')));
  for (const name of names) if (!present.has(name)) await symlink(join(dataLink, name), join(directory, name));
  for (const name of present) if (!names.has(name)) await rm(join(directory, name), { force: true });
}

async function isSame(folder: string, files: readonly FileContent[]): Promise<boolean> {
  try {
    const present = (await readdir(folder, { recursive: true, withFileTypes: true })).filter((entry) => entry.isFile());
    if (present.length !== files.length) return false;
    for (const { path, data, mode } of files) {
      const file = join(folder, path);
      if (((await lstat(file)).mode & 0o777) !== (mode & 0o777) || !data.equals(await readFile(file))) return false;
    }
    return true;
  } catch {
    return false;
  }
}
