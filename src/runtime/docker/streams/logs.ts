import type { Readable } from 'node:stream';
import type Docker from 'dockerode';
import type { LogLine, LogRequest } from '../../port';
import { asFailure, failure } from '../errors';
import { frames, rawFrames } from './frames';

/** One line at a time, each with the engine's own time. Ends with the container where it follows. */
export async function* containerLogs(docker: Docker, id: string, request: LogRequest): AsyncIterable<LogLine> {
  const { Config } = await asFailure(() => docker.getContainer(id).inspect());
  const source = await open(docker, id, request);
  try {
    for await (const { stream, data } of Config.Tty ? lines(rawFrames(source)) : frames(source)) yield logLine(stream, data);
  } catch (error) {
    if (!request.signal?.aborted) throw failure(error);
  } finally {
    source.destroy();
  }
}

/** Always as a stream: dockerode collects logs that are not followed in memory. */
function open(docker: Docker, id: string, { follow, tailLines, sinceMs, signal }: LogRequest): Promise<Readable> {
  const options = {
    follow, stdout: true, stderr: true, timestamps: true,
    ...(tailLines !== undefined && { tail: tailLines }),
    ...(sinceMs !== undefined && { since: sinceMs / 1000 }),
  };
  const statusCodes = { 200: true, 404: 'no such container', 500: 'server error' };
  return asFailure(() => new Promise((resolve, reject) => {
    docker.modem.dial({ path: `/containers/${id}/logs?`, method: 'GET', isStream: true, options, statusCodes, ...(signal && { abortSignal: signal }) }, (error, stream) => {
      if (error) return reject(error as Error);
      const readable = stream as Readable;
      readable.on('error', () => undefined);
      resolve(readable);
    });
  }));
}

/** What a terminal wrote comes in pieces of any size. */
async function* lines(pieces: AsyncIterable<{ data: Buffer }>): AsyncIterable<{ stream: 'stdout'; data: Buffer }> {
  let rest: Buffer = Buffer.alloc(0);
  for await (const { data } of pieces) {
    rest = Buffer.concat([rest, data]);
    for (let end = rest.indexOf(10); end >= 0; end = rest.indexOf(10)) {
      yield { stream: 'stdout', data: rest.subarray(0, end + 1) };
      rest = rest.subarray(end + 1);
    }
  }
  if (rest.length > 0) yield { stream: 'stdout', data: rest };
}

function logLine(stream: 'stdout' | 'stderr', data: Buffer): LogLine {
  const space = data.indexOf(32);
  return { stream, time: data.subarray(0, space).toString(), data: data.subarray(space + 1) };
}
