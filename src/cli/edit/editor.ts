import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { basename } from 'node:path';
import { runInForeground } from '../programs/foreground';
import type { Session } from '../session';

export interface Opened {
  /** The file's name; it is there also when the editor failed. */
  file: string;
  text: string;
}

/** Opens a text in the user's editor and gives back what was saved. Rejects when the editor fails. */
export type OpenEditor = (text: string, extension: string) => Promise<Opened>;

const variables = ['KUBE_EDITOR', 'EDITOR'];
const defaultEditor = 'vi';
const defaultShell = '/bin/bash';

/** The command line of the editor for a file. One with quotes in it is the shell's to read. After NewDefaultEditor. */
export function editorCommand(env: Session['env'], file: string): { shown: string; argv: string[] } {
  const editor = variables.map((name) => env[name]).find(Boolean) ?? defaultEditor;
  if (!editor.includes(' ')) return { shown: editor, argv: [editor, file] };
  if (!/["'\\]/.test(editor)) return { shown: editor, argv: [...editor.split(' '), file] };
  const shell = env['SHELL'] || defaultShell;
  return { shown: `${shell} -c ${editor}`, argv: [shell, '-c', `${editor} ${JSON.stringify(file)}`] };
}

export function userEditor(session: Session, prefix: string): OpenEditor {
  return async (text, extension) => {
    const file = writeTemporary(session, prefix, extension, text);
    const { shown, argv: [program, ...args] } = editorCommand(session.env, file);
    const { exitCode, notFound } = await runInForeground(session, program!, args);
    // A program with a slash is a path, and one that is not there fails like any other.
    if (notFound && basename(program!) === program) throw new Error(`unable to launch the editor ${JSON.stringify(shown)}`);
    if (exitCode !== 0) throw new Error(`there was a problem with the editor ${JSON.stringify(shown)}`);
    return { file, text: readFileSync(file, 'utf8') };
  };
}

/** A new file with a number of its own in its name, as Go's os.CreateTemp makes one. */
function writeTemporary({ env, random }: Session, prefix: string, extension: string, text: string): string {
  for (;;) {
    const file = `${(env['TMPDIR'] || '/tmp').replace(/\/$/, '')}/${prefix}${Math.floor(random() * 2 ** 32)}${extension}`;
    try {
      writeFileSync(file, text, { flag: 'wx', mode: 0o600 });
      return file;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    }
  }
}

export const removeFile = (file: string): void => rmSync(file, { force: true });
