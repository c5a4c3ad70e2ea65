import { constants, createDeflate, createInflate, type Deflate, type Inflate } from 'node:zlib';
import { dictionary } from './dictionary';

export type Headers = Readonly<Record<string, string>>;

/** One side's header compression: a zlib stream that runs through all blocks of a connection, so blocks must be coded in order. */
export class HeaderCodec {
  readonly #inflate: Inflate = createInflate({ dictionary, finishFlush: constants.Z_SYNC_FLUSH });
  readonly #deflate: Deflate = createDeflate({ dictionary, flush: constants.Z_SYNC_FLUSH });

  async decode(block: Buffer): Promise<Headers> {
    return parse(await through(this.#inflate, block));
  }

  encode(headers: Headers): Promise<Buffer> {
    return through(this.#deflate, serialise(headers));
  }

  close(): void {
    this.#inflate.destroy();
    this.#deflate.destroy();
  }
}

function through(stream: Inflate | Deflate, input: Buffer): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    const collect = (chunk: Buffer) => void chunks.push(chunk);
    const finish = (error?: Error | null) => {
      stream.off('data', collect);
      stream.off('error', finish);
      if (error) reject(error);
      else resolve(Buffer.concat(chunks));
    };
    stream.on('data', collect);
    stream.once('error', finish);
    stream.write(input, finish);
  });
}

/** Count, then name and value of each, all with 32 bits of length in front. */
function parse(block: Buffer): Headers {
  let at = 0;
  const number = () => {
    at += 4;
    return block.readUInt32BE(at - 4);
  };
  const text = () => {
    const length = number();
    at += length;
    return block.toString('utf8', at - length, at);
  };
  const headers: Record<string, string> = {};
  for (let left = number(); left > 0; left--) {
    const name = text().toLowerCase();
    headers[name] = text();
  }
  return headers;
}

function serialise(headers: Headers): Buffer {
  const number = (value: number) => {
    const buffer = Buffer.alloc(4);
    buffer.writeUInt32BE(value);
    return buffer;
  };
  const text = (value: string) => [number(Buffer.byteLength(value)), Buffer.from(value)];
  const entries = Object.entries(headers);
  return Buffer.concat([number(entries.length), ...entries.flatMap(([name, value]) => [...text(name), ...text(value)])]);
}
