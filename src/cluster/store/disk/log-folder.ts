import { mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { StoreError } from '../errors';
import { baseOf, decodeFrames, type Change } from './frame';

/** `log-00000001`: their order is that of writing. */
const fileName = (number: number) => `log-${String(number).padStart(8, '0')}`;
export const logFilePath = (directory: string, number: number) => join(directory, fileName(number));

export interface FoundFile {
  readonly number: number;
  readonly path: string;
  /** What was newest when it was begun. */
  readonly base: number;
  readonly changes: readonly Change[];
  /** In bytes: of the file, and of what is whole in it. */
  readonly length: number;
  readonly end: number;
}

/** The files that were begun, in order; the others are removed. Throws Damaged when one that is not the last is cut short. */
export async function readLogFolder(directory: string): Promise<FoundFile[]> {
  mkdirSync(directory, { recursive: true, mode: 0o700 });
  const found: FoundFile[] = [];
  for (const name of readdirSync(directory).sort()) {
    const [, number] = /^log-(\d{8})$/.exec(name) ?? [];
    if (!number) continue;
    const path = join(directory, name);
    const file = readFileSync(path);
    const base = baseOf(file, Number(number));
    if (base === undefined) await rm(path);
    else found.push({ number: Number(number), path, base, length: file.length, ...decodeFrames(file, Number(number)) });
  }
  return found.map((file, at) => acknowledged(file, found[at + 1]));
}

/** What a file tells from after the beginning of the next was refused: its erasure failed, and so the next was begun. */
function acknowledged(file: FoundFile, next: FoundFile | undefined): FoundFile {
  if (!next) return file;
  const changes = file.changes.filter(({ entry }) => entry.revision <= next.base);
  const last = changes.at(-1)?.entry.revision ?? file.base;
  if (last < next.base) throw new StoreError('Damaged', `${file.path} is cut short`);
  return { ...file, changes };
}
