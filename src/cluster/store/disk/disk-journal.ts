import { rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Entry } from '../entry';
import type { Journal, Snapshot } from '../log/journal';
import type { StoreEvent } from '../store';
import type { Base as LmdbBase } from './base';
import { storeFailure } from './failure';
import { FrameEncoder } from './frame';
import { LogFile } from './log-file';
import { logFilePath, readLogFolder, type FoundFile } from './log-folder';
import { replay, stateAfter } from './replay';

/** So much of the log may wait for a base that cannot be advanced, in files; then writes are refused with the reason. */
const filesBehindMax = 32;

type Base = Pick<LmdbBase, 'revision' | 'entries' | 'advance'>;

/** A file that was written to its end, or is being written. */
interface Begun {
  readonly path: string;
  readonly base: number;
}

/**
 * Events go to the log, which is on the disk before a write is acknowledged. Whenever a file of it is full, the base is
 * brought up to it in the background. Files stay until the base is beyond them and nobody may ask for their events.
 */
export class DiskJournal implements Journal {
  /** Oldest first; the last is `#file`. */
  readonly #begun: Begun[];
  #file: LogFile | undefined;
  /** The newest given to a file. */
  #number: number;
  readonly #frames = new FrameEncoder();
  /** The next file, made before it is needed. */
  #spare: Promise<LogFile> | undefined;
  /** What the base does not have yet. */
  #changed = new Map<string, Entry | undefined>();
  #revision: number;
  #baseRevision: number;
  #advancing: Promise<void> | undefined;
  #forgetting: Promise<void> | undefined;
  #failure: unknown;

  private constructor(private readonly directory: string, private readonly fileBytes: number, private readonly base: Base, found: readonly FoundFile[], events: readonly StoreEvent[]) {
    this.#begun = found.map(({ path, base: from }) => ({ path, base: from }));
    this.#number = found.at(-1)?.number ?? 0;
    this.#baseRevision = base.revision;
    this.#revision = Math.max(this.#baseRevision, events.at(-1)?.entry.revision ?? 0);
    this.#note(events.filter(({ entry }) => entry.revision > this.#baseRevision));
  }

  /** `fileBytes`: how long a file of the log is. */
  static async open(directory: string, base: Base, fileBytes: number): Promise<{ journal: DiskJournal; snapshot: Snapshot }> {
    const found = await readLogFolder(directory);
    const events = replay(found.flatMap(({ changes }) => changes));
    const journal = new DiskJournal(directory, fileBytes, base, found, events);
    const last = found.at(-1);
    if (last) journal.#file = await LogFile.reopen(last.path, last.number, last);
    journal.#prepare();
    return { journal, snapshot: { entries: stateAfter(base.entries(), events), revision: journal.#revision, events, compacted: found[0]?.base ?? journal.#revision } };
  }

  async append(events: readonly StoreEvent[], compacted: number): Promise<void> {
    try {
      this.#assertNotBehind();
      await this.#write(events);
    } catch (error) {
      throw storeFailure(error, this.directory);
    }
    this.#revision = events.at(-1)!.entry.revision;
    this.#note(events);
    // One that cannot be removed now is tried again with the next write.
    this.#forgetting ??= this.#forget(compacted).catch(() => undefined).finally(() => void (this.#forgetting = undefined));
  }

  async close(): Promise<void> {
    await this.#advancing;
    await this.#advance();
    await this.#forgetting;
    await this.#file?.close();
    const spare = await this.#spare?.catch(() => undefined);
    await spare?.close();
    if (spare) await rename(spare.path, this.#usedPath);
  }

  async #write(events: readonly StoreEvent[]): Promise<void> {
    if (this.#file) {
      const frame = this.#frames.encode(events, { base: this.#begun.at(-1)!.base, number: this.#file.number }, false);
      if (this.#file.fits(frame.length)) return this.#file.append(frame);
    }
    await this.#begin(events);
  }

  /** The first frame of a new file, which names the base and carries what came before it. */
  async #begin(events: readonly StoreEvent[]): Promise<void> {
    const base = this.#revision;
    // How long the frame is does not depend on the number that it gets.
    const file = await this.#next(this.#frames.encode(events, { base, number: 0 }, true).length);
    try {
      await file.append(this.#frames.encode(events, { base, number: file.number }, true));
    } catch (error) {
      await discard(file);
      throw error;
    }
    await this.#file?.close();
    this.#file = file;
    this.#begun.push({ path: file.path, base });
    this.#prepare();
    this.#startAdvance();
  }

  #assertNotBehind(): void {
    if (this.#begun.length <= filesBehindMax || !this.#failure) return;
    const reason = this.#failure;
    this.#startAdvance();
    throw reason;
  }

  #startAdvance(): void {
    this.#advancing ??= this.#advance().finally(() => void (this.#advancing = undefined));
  }

  /** The spare one, or another where that is too short or could not be made. */
  async #next(bytes: number): Promise<LogFile> {
    const spare = await this.#spare?.catch(() => undefined);
    this.#spare = undefined;
    if (spare?.fits(bytes)) return spare;
    await discard(spare);
    return this.#create(Math.max(this.fileBytes, bytes));
  }

  #prepare(): void {
    const number = ++this.#number;
    this.#spare = LogFile.recycle(this.#usedPath, logFilePath(this.directory, number), number, this.fileBytes).then((file) => file ?? this.#create(this.fileBytes));
    // Looked at when it is needed.
    this.#spare.catch(() => undefined);
  }

  /** Where a file waits that nobody needs any more, to be written over instead of making another. */
  get #usedPath(): string {
    return join(this.directory, 'log-used');
  }

  #create(bytes: number): Promise<LogFile> {
    const number = ++this.#number;
    return LogFile.create(logFilePath(this.directory, number), number, bytes);
  }


  #note(events: readonly StoreEvent[]): void {
    for (const { type, entry } of events) this.#changed.set(entry.key, type === 'PUT' ? entry : undefined);
  }

  async #advance(): Promise<void> {
    const [changed, revision] = [this.#changed, this.#revision];
    if (!changed.size) return;
    this.#changed = new Map();
    try {
      await this.base.advance(changed, revision);
      this.#baseRevision = revision;
      this.#failure = undefined;
    } catch (error) {
      // The first cause tells most.
      this.#failure ??= error;
      this.#changed = new Map([...changed, ...this.#changed]);
    }
  }

  /** A file may go when the one behind it begins at or before what the base has and history keeps. The oldest first: no gap may open. */
  async #forget(compacted: number): Promise<void> {
    while (this.#begun.length > 1 && this.#begun[1]!.base <= Math.min(this.#baseRevision, compacted)) {
      await rename(this.#begun[0]!.path, this.#usedPath);
      this.#begun.shift();
    }
  }
}

async function discard(file: LogFile | undefined): Promise<void> {
  await file?.close();
  if (file) await rm(file.path, { force: true });
}
