import type { Unstructured } from '../../api/meta';

/**
 * One state of one key: the object and its JSON, each made from the other when first asked for and kept.
 * Both are shared by every reader: never change them.
 */
export class Entry {
  #bytes: Buffer | undefined;
  #object: Unstructured | undefined;

  private constructor(readonly key: string, /** Of the write that made this state. */ readonly revision: number,
    bytes: Buffer | undefined, object: Unstructured | undefined) {
    this.#bytes = bytes;
    this.#object = object;
  }

  static ofBytes(key: string, revision: number, bytes: Buffer): Entry {
    return new Entry(key, revision, bytes, undefined);
  }

  static ofObject(key: string, revision: number, object: Unstructured): Entry {
    return new Entry(key, revision, undefined, object);
  }

  get bytes(): Buffer {
    return (this.#bytes ??= exactly(JSON.stringify(this.#object)));
  }

  get object(): Unstructured {
    return (this.#object ??= JSON.parse(this.#bytes!.toString()) as Unstructured);
  }

  /** What the state costs in memory as far as it is known without serialising; for bounding histories. */
  get size(): number {
    return this.#bytes?.length ?? 1024;
  }
}

/** Memory of its own for what is kept long: Node's pool would hold a quarter more. */
function exactly(text: string): Buffer {
  const length = Buffer.byteLength(text);
  if (length < 1024) return Buffer.from(text);
  const bytes = Buffer.allocUnsafeSlow(length);
  bytes.write(text);
  return bytes;
}
