import { createWriteStream } from 'node:fs';
import type { Clock } from '../../api/clock';

export type Log = (line: string) => void;

/** Appends timed lines to a file. Never throws: a full disk must not take the cluster down with it. */
export function fileLog(file: string, clock: Clock): { log: Log; close(): void } {
  const stream = createWriteStream(file, { flags: 'a', mode: 0o600 });
  stream.on('error', () => undefined);
  return {
    log: (line) => stream.write(`${new Date(clock.now()).toISOString()} ${line}\n`),
    close: () => stream.end(),
  };
}
