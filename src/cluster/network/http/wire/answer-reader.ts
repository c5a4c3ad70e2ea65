import { ChunkScanner } from './chunks';
import { framingOf, type Framing } from './framing';
import { readAnswer, type AnswerText } from './message';

/** What a chunk of bytes brought. */
export interface Piece {
  /** Of the final answer, once. */
  readonly head?: AnswerText;
  /** Of the body, as it was sent: with the lines about its chunks where it has such. */
  readonly body: Buffer;
  readonly isWhole: boolean;
  /** More came than belongs to the answer. */
  readonly hasSurplus: boolean;
}

const none: Buffer = Buffer.alloc(0);
const nothing: Piece = { body: none, isWhole: false, hasSurplus: false };

/** Reads one answer from the chunks of a connection. */
export class AnswerReader {
  framing: Framing | undefined;
  private before = none;
  private left = 0;
  private readonly scanner = new ChunkScanner();

  constructor(private readonly method: string) {}

  /** Undefined: it is no answer, or nobody can tell where it ends. */
  read(chunk: Buffer): Piece | undefined {
    if (this.framing) return this.readBody(chunk);
    const bytes = this.before.length ? Buffer.concat([this.before, chunk]) : chunk;
    const head = readAnswer(bytes);
    if (head === 'partial') {
      this.before = bytes;
      return nothing;
    }
    // Nobody has asked for another protocol.
    if (!head || head.status === 101) return undefined;
    this.before = none;
    if (head.status < 200) return head.bodyAt < bytes.length ? this.read(bytes.subarray(head.bodyAt)) : nothing;
    this.framing = framingOf(this.method, head);
    if (!this.framing) return undefined;
    if (this.framing.by === 'length') this.left = this.framing.bytes;
    const rest = this.readBody(bytes.subarray(head.bodyAt));
    return rest && { ...rest, head };
  }

  private readBody(chunk: Buffer): Piece | undefined {
    if (this.framing!.by === 'close') return { body: chunk, isWhole: false, hasSurplus: false };
    return this.framing!.by === 'chunks' ? this.readChunks(chunk) : this.readLength(chunk);
  }

  private readLength(chunk: Buffer): Piece {
    const hasSurplus = chunk.length > this.left;
    const body = hasSurplus ? chunk.subarray(0, this.left) : chunk;
    this.left -= body.length;
    return { body, isWhole: this.left === 0, hasSurplus };
  }

  private readChunks(chunk: Buffer): Piece | undefined {
    const end = this.scanner.scan(chunk, 0);
    if (end === undefined) return undefined;
    return end < 0 ? { body: chunk, isWhole: false, hasSurplus: false } : { body: chunk.subarray(0, end), isWhole: true, hasSurplus: end < chunk.length };
  }
}
