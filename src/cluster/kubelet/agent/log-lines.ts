import type { LogLine } from '../../../runtime/port';

/** Lines as a client gets them: with the engine's time before each where it asked for that, up to a number of bytes. */
export async function* formatLogs(lines: AsyncIterable<LogLine>, timestamps: boolean, limitBytes: number | undefined): AsyncIterable<Buffer> {
  let leftBytes = limitBytes ?? Infinity;
  if (leftBytes <= 0) return;
  for await (const { time, data } of lines) {
    const line = timestamps ? Buffer.concat([Buffer.from(`${time} `), data]) : data;
    yield line.length > leftBytes ? line.subarray(0, leftBytes) : line;
    leftBytes -= line.length;
    if (leftBytes <= 0) return;
  }
}
