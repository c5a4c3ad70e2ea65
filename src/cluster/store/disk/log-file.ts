import { open, rename, rm, stat, type FileHandle } from 'node:fs/promises';
import { dirname } from 'node:path';

/**
 * A file of the log, as long from the start as it will ever be: writing into what is allocated makes the disk do half
 * the work of appending.
 */
export class LogFile {
  /** After a failed write nobody knows what is on the disk until the file is read again. */
  #isBroken = false;

  private constructor(readonly path: string, readonly number: number, private readonly handle: FileHandle, readonly bytes: number, private end: number) {}

  /** A new one. */
  static async create(path: string, number: number, bytes: number): Promise<LogFile> {
    const handle = await open(path, 'wx', 0o600);
    try {
      await writeAt(handle, Buffer.alloc(bytes), 0);
      await handle.sync();
      await syncDirectory(dirname(path));
    } catch (error) {
      await handle.close();
      await rm(path, { force: true });
      throw error;
    }
    return new LogFile(path, number, handle, bytes, 0);
  }

  /**
   * One that nobody needs any more, under a new number: what it held is not read again, since frames belong to the number.
   * Undefined when there is none of that length.
   */
  static async recycle(used: string, path: string, number: number, bytes: number): Promise<LogFile | undefined> {
    const size = await stat(used).then((stats) => stats.size, () => undefined);
    if (size !== bytes) return undefined;
    await rename(used, path);
    await syncDirectory(dirname(path));
    return new LogFile(path, number, await open(path, 'r+'), size, 0);
  }

  /** One that is there, to be written on behind `end`. */
  static async reopen(path: string, number: number, { length, end }: { length: number; end: number }): Promise<LogFile> {
    return new LogFile(path, number, await open(path, 'r+'), length, end);
  }

  fits(bytes: number): boolean {
    return this.end + bytes <= this.bytes && !this.#isBroken;
  }

  /** Resolves when the bytes are on the disk. One at a time. */
  async append(bytes: Buffer): Promise<void> {
    try {
      await writeAt(this.handle, bytes, this.end);
      await this.handle.datasync();
      this.end += bytes.length;
    } catch (error) {
      await this.#erase(bytes.length);
      throw error;
    }
  }

  /** A frame that was refused must not come back with the next start. */
  async #erase(length: number): Promise<void> {
    try {
      await writeAt(this.handle, Buffer.alloc(length), this.end);
      await this.handle.datasync();
    } catch {
      this.#isBroken = true;
    }
  }

  close(): Promise<void> {
    return this.handle.close();
  }
}

/** All of it: a write may be a short one. */
async function writeAt(handle: FileHandle, bytes: Buffer, position: number): Promise<void> {
  for (let done = 0; done < bytes.length;) done += (await handle.write(bytes, done, bytes.length - done, position + done)).bytesWritten;
}

async function syncDirectory(path: string): Promise<void> {
  const handle = await open(path, 'r');
  await handle.sync().finally(() => handle.close());
}
