import { posix } from 'node:path';
import { inputOf, testSession } from '../session';
import { outcomeOf } from '../../../src/cli/errors';
import { build, buildYaml, type Files } from '../../../src/cli/kustomize/build';
import { completeBuild, flagWarnings } from '../../../src/cli/verbs/kustomize/kustomize';
import { kustomizeFlags } from '../../../src/cli/verbs/kustomize/flags';

export interface Case {
  name: string;
  /** Behind `kustomize`. */
  args: string[];
  /** Texts by path; links are objects. */
  files: Record<string, string | { link: string }>;
}

export interface Outcome {
  stdout: string;
  stderr: string;
  code: number;
}

/**
 * Cases of a file: `=== name | arguments`, then `--- path` before the text of each file, or `--- path -> target` for a link.
 * A backslash at the start of a line is taken away, so that such lines can be text too.
 */
export function parseCases(text: string): Case[] {
  return text.split(/^=== /m).slice(1).map((block) => {
    const [head, ...rest] = block.split(/^--- /m);
    const [name, args = ''] = head!.trim().split(/\s*\|\s*/);
    const files = rest.map((part): [string, string | { link: string }] => {
      const at = part.indexOf('\n');
      const [path, link] = part.slice(0, at).split(' -> ');
      return [path!, link ? { link } : part.slice(at + 1).replace(/^\\/gm, '')];
    });
    return { name: name!, args: args.split(' ').filter(Boolean), files: Object.fromEntries(files) };
  });
}

const root = '/k';

/** A file system of texts. */
function memoryFiles(files: Case['files']): Files {
  const all = new Map(Object.entries(files).map(([path, content]) => [posix.join(root, path), content]));
  all.set('/etc/hostname', '');
  const directories = new Set(['/', root]);
  for (const path of all.keys()) for (let at = posix.dirname(path); at !== '/'; at = posix.dirname(at)) directories.add(at);
  const error = (code: string) => Object.assign(new Error(code), { code });
  return {
    cwd: root,
    kind: (path) => (directories.has(path) ? 'directory' : all.has(path) ? (typeof all.get(path) === 'string' ? 'file' : 'link') : undefined),
    read(path) {
      const content = all.get(path);
      if (directories.has(path)) throw error('EISDIR');
      if (typeof content !== 'string') throw error('ENOENT');
      return Buffer.from(content, 'utf8');
    },
    readLink: (path) => (all.get(path) as { link: string }).link,
  };
}

const nothing = () => Promise.reject(new Error('there is no network'));

/** What knarr makes of a case. */
export async function runOurs({ args, files }: Case): Promise<Outcome> {
  const input = inputOf(args, kustomizeFlags);
  const lines = flagWarnings(input);
  try {
    const options = completeBuild(testSession({ cwd: root }), input);
    const resources = await build(options, {
      files: memoryFiles(files), remote: { fetch: nothing, clone: nothing }, warn: (line) => lines.push(line), log: (line) => lines.push(line),
    });
    return { stdout: buildYaml(resources), stderr: lines.map((line) => `${line}\n`).join(''), code: 0 };
  } catch (error) {
    const { text, exitCode } = outcomeOf(error);
    return { stdout: '', stderr: `${lines.map((line) => `${line}\n`).join('')}${text}`, code: exitCode };
  }
}
