import { readFile, rename, writeFile } from 'node:fs/promises';
import type { ProfilePaths } from './paths';

export type RuntimeName = 'docker' | 'sim';

/** What a profile keeps from one start to the next, so that a kubeconfig stays valid and pods keep their runtime. */
export interface ProfileSettings {
  runtime: RuntimeName;
  /** Port of the API on 127.0.0.1. */
  apiPort: number;
  /** Where Ingresses are served on 127.0.0.1. */
  httpPort?: number;
  httpsPort?: number;
  /** The kubeconfig file that holds the context. */
  kubeconfig: string;
}

/** Undefined when the profile never started. Throws an Error naming the file when it cannot be read as settings. */
export async function readSettings(paths: ProfilePaths): Promise<ProfileSettings | undefined> {
  const text = await readFile(paths.settingsFile, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return undefined;
    throw new Error(`cannot read ${paths.settingsFile}: ${error.message}`);
  });
  if (text === undefined) return undefined;
  try {
    return JSON.parse(text) as ProfileSettings;
  } catch {
    throw new Error(`${paths.settingsFile} is not valid JSON; \`knarr destroy --profile ${paths.profile}\` starts over`);
  }
}

export async function writeSettings(paths: ProfilePaths, settings: ProfileSettings): Promise<void> {
  const temporary = `${paths.settingsFile}.${process.pid}`;
  await writeFile(temporary, JSON.stringify(settings, null, 2) + '\n', { mode: 0o600 });
  await rename(temporary, paths.settingsFile);
}
