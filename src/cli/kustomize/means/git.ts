import { accessSync, constants, mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import type { Remote } from '../loader/files';

type Env = Readonly<Record<string, string | undefined>>;

/** A git command took too long. */
class GitTimeout extends Error {
  override readonly name = 'GitTimeout';
}

function gitProgram(env: Env): string {
  for (const directory of (env.PATH ?? '').split(delimiter)) {
    const path = join(directory || '.', 'git');
    try {
      accessSync(path, constants.X_OK);
      return path;
    } catch {
      // Elsewhere, perhaps.
    }
  }
  throw new Error('no \'git\' program on path: exec: "git": executable file not found in $PATH');
}

/** Clones with the git of the machine: no more than the commit that is wanted. Source: api/internal/git of kustomize. */
export const gitClone = (env: Env): Remote['clone'] => async ({ url, ref, submodules, timeoutMs }) => {
  const git = gitProgram(env);
  const directory = realpathSync(mkdtempSync(join(tmpdir(), 'kustomize-')));
  const remove = () => rmSync(directory, { recursive: true, force: true });
  const steps = [
    ['init'], ['remote', 'add', 'origin', url], ['fetch', '--depth=1', url, ref || 'HEAD'], ['checkout', 'FETCH_HEAD'],
    ...(submodules ? [['submodule', 'update', '--init', '--recursive']] : []),
  ];
  try {
    for (const args of steps) await run(git, args, directory, timeoutMs);
  } catch (error) {
    remove();
    throw error;
  }
  return { directory, remove };
};

async function run(git: string, args: string[], cwd: string, timeoutMs: number): Promise<void> {
  const { execa } = await import('execa');
  const result = await execa(git, args, { cwd, all: true, reject: false, timeout: timeoutMs, stdin: 'ignore', stripFinalNewline: false });
  const command = [git, ...args].join(' ');
  if (result.timedOut) throw new GitTimeout(`hit ${timeoutMs / 1000}s timeout running '${command}'`);
  if (result.failed) throw new Error(`failed to run '${command}': ${result.all}: exit status ${result.exitCode ?? 'unknown'}`);
}
