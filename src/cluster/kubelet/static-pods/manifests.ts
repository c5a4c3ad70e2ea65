import { mkdir, readFile, readdir } from 'node:fs/promises';
import { join } from 'node:path';

export interface Manifest {
  /** The name of the file. */
  readonly file: string;
  readonly text: string;
}

/** Where a node finds the pods that it runs by itself. */
export interface Manifests {
  /** In the order of the names. */
  read(): Promise<Manifest[]>;
}

/** The files of a directory, which is made when it is not there; hidden ones are left out, as upstream's kubelet does. */
export function manifestsIn(directory: string): Manifests {
  return {
    async read() {
      await mkdir(directory, { recursive: true });
      const entries = await readdir(directory, { withFileTypes: true });
      const files = entries.filter((entry) => entry.isFile() && !entry.name.startsWith('.')).map(({ name }) => name).sort();
      return Promise.all(files.map(async (file) => ({ file, text: await readFile(join(directory, file), 'utf8') })));
    },
  };
}
