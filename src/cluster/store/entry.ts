import type { Unstructured } from '../../api/meta';

/** Where the JSON of a state can be read when somebody asks for it. It must give the same as long as the state is not superseded. */
export interface EntrySource {
  bytes(key: string): Buffer;
  text(key: string): string;
  /** In bytes. */
  size(key: string): number;
}

/**
 * One state of one key: the object and its JSON, each made from the other, or read, when first asked for and kept.
 * Both are shared by every reader: never change them.
 */
export class Entry {
  #bytes: Buffer | undefined;
  #line: Buffer | undefined;
  #object: Unstructured | undefined;
  readonly #source: EntrySource | undefined;

  private constructor(readonly key: string, /** Of the write that made this state. */ readonly revision: number,
    bytes: Buffer | undefined, object: Unstructured | undefined, source?: EntrySource) {
    this.#bytes = bytes;
    this.#object = object;
    this.#source = source;
  }

  static ofSource(key: string, revision: number, source: EntrySource): Entry {
    return new Entry(key, revision, undefined, undefined, source);
  }

  static ofBytes(key: string, revision: number, bytes: Buffer): Entry {
    return new Entry(key, revision, bytes, undefined);
  }

  static ofObject(key: string, revision: number, object: Unstructured): Entry {
    return new Entry(key, revision, undefined, object);
  }

  get bytes(): Buffer {
    return (this.#bytes ??= this.#source?.bytes(this.key) ?? this.#serialised());
  }

  /** `bytes` and a line feed behind them, as answers have it: nothing is copied where this process made the bytes. */
  get line(): Buffer {
    const { bytes } = this;
    return this.#line ?? Buffer.concat([bytes, lineFeed]);
  }

  #serialised(): Buffer {
    this.#line = exactly(`${JSON.stringify(this.#object)}\n`);
    return this.#line.subarray(0, -1);
  }

  get object(): Unstructured {
    return (this.#object ??= JSON.parse(this.#bytes?.toString() ?? this.#source!.text(this.key)) as Unstructured);
  }

  /** What the state costs in memory as far as it is known without serialising; for bounding histories. */
  get size(): number {
    return this.#bytes?.length ?? this.#source?.size(this.key) ?? 1024;
  }
}

const lineFeed = Buffer.from('\n');

/** Memory of its own for what is kept long: Node's pool would hold a quarter more. */
function exactly(text: string): Buffer {
  const length = Buffer.byteLength(text);
  if (length < 1024) return Buffer.from(text);
  const bytes = Buffer.allocUnsafeSlow(length);
  bytes.write(text);
  return bytes;
}
