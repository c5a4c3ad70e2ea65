import { closeSync, fstatSync, openSync, readdirSync, renameSync, rmSync, writeSync } from 'node:fs';
import { basename, dirname, extname, join } from 'node:path';
import type { Clock } from '../../api/clock';
import type { Log } from './log';

export interface AuditLogOptions {
  readonly path: string;
  /** How long old files are kept, in days; 0: for ever. */
  readonly maxAgeDays: number;
  /** How many old files are kept; 0: all. */
  readonly maxBackups: number;
  /** At which size a file is put aside, in megabytes. */
  readonly maxSizeMB: number;
}

const dayMs = 86_400_000;
const megabyte = 2 ** 20;

/**
 * Events as lines of JSON in a file that is put aside when it is long: `audit.log` becomes
 * `audit-2026-01-31T12-00-00.000.log`. Source of the names: lumberjack, which kube-apiserver writes with.
 * A line that cannot be written is lost, and the log says so once; requests go on.
 */
export class AuditLog {
  #descriptor: number;
  #bytes: number;
  #isFailing = false;

  /** Throws when the file cannot be opened. */
  constructor(private readonly options: AuditLogOptions, private readonly clock: Clock, private readonly log: Log) {
    this.#descriptor = openSync(options.path, 'a', 0o600);
    this.#bytes = fstatSync(this.#descriptor).size;
  }

  write(event: object): void {
    const line = Buffer.from(`${JSON.stringify(event)}\n`);
    try {
      if (this.#bytes > 0 && this.#bytes + line.length > this.options.maxSizeMB * megabyte) this.#rotate();
      writeSync(this.#descriptor, line);
      this.#bytes += line.length;
      this.#isFailing = false;
    } catch (error) {
      if (!this.#isFailing) this.log(`audit: cannot write ${this.options.path}: ${(error as Error).message}`);
      this.#isFailing = true;
    }
  }

  close(): void {
    closeSync(this.#descriptor);
  }

  #rotate(): void {
    const { path } = this.options;
    renameSync(path, join(dirname(path), `${this.#prefix}${stamp(this.clock.now())}${extname(path)}`));
    const next = openSync(path, 'a', 0o600);
    closeSync(this.#descriptor);
    this.#descriptor = next;
    this.#bytes = 0;
    this.#prune();
  }

  get #prefix(): string {
    return `${basename(this.options.path, extname(this.options.path))}-`;
  }

  #prune(): void {
    const { path, maxBackups, maxAgeDays } = this.options;
    const oldest = stamp(this.clock.now() - maxAgeDays * dayMs);
    backups(readdirSync(dirname(path)), this.#prefix, extname(path)).forEach(({ name, stamp: at }, index) => {
      if ((maxBackups > 0 && index >= maxBackups) || (maxAgeDays > 0 && at < oldest)) rmSync(join(dirname(path), name), { force: true });
    });
  }
}

const stamp = (ms: number) => new Date(ms).toISOString().slice(0, -1).replaceAll(':', '-');

/** The newest first. */
function backups(names: readonly string[], prefix: string, extension: string): { name: string; stamp: string }[] {
  return names.filter((name) => name.startsWith(prefix) && name.endsWith(extension))
    .map((name) => ({ name, stamp: name.slice(prefix.length, name.length - extension.length) }))
    .filter(({ stamp: at }) => /^\d{4}-\d\d-\d\dT\d\d-\d\d-\d\d\.\d{3}$/.test(at))
    .sort((a, b) => (a.stamp < b.stamp ? 1 : -1));
}
