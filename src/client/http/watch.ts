import { parseExactJson } from '../../api/exact-json';
import type { KubeObject } from '../../api/meta';
import type { Status } from '../../api/meta';
import type { WatchEvent } from '../client';
import { errorFromStatus } from './status';

/** The lines of a stream, without their ends. A last line without an end is dropped: its event is not whole. */
export async function* lines(body: AsyncIterable<Uint8Array>): AsyncGenerator<string> {
  let pending: Uint8Array[] = [];
  for await (const chunk of body) {
    let start = 0;
    for (let end = chunk.indexOf(10); end >= 0; end = chunk.indexOf(10, start)) {
      pending.push(chunk.subarray(start, end));
      yield Buffer.concat(pending).toString();
      pending = [];
      start = end + 1;
    }
    if (start < chunk.length) pending.push(chunk.subarray(start));
  }
}

/** Events of a watch response. Ends when the stream ends or the signal aborts; an ERROR event throws its Status. */
export async function* watchEvents<T extends KubeObject>(body: AsyncIterable<Uint8Array>, signal?: AbortSignal): AsyncGenerator<WatchEvent<T>> {
  try {
    for await (const line of lines(body)) {
      const event = parseExactJson(line) as WatchEvent<T> | { type: 'ERROR'; object: Status };
      if (event.type === 'ERROR') throw errorFromStatus(event.object);
      yield event;
      if (signal?.aborted) return;
    }
  } catch (error) {
    if (!signal?.aborted) throw error;
  }
}
