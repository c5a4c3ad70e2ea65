/** Malformed protobuf; the messages are those of gogo's generated code. */
export class ProtobufError extends Error {
  override readonly name = 'ProtobufError';
}

const unexpectedEnd = () => new ProtobufError('unexpected EOF');

export const wire = { varint: 0, fixed64: 1, bytes: 2, startGroup: 3, endGroup: 4, fixed32: 5 } as const;

/** Reads one message; a nested message gets a reader over its part of the buffer. */
export class Reader {
  constructor(private readonly buffer: Buffer, private at = 0, private readonly end = buffer.length) {}

  get done(): boolean {
    return this.at >= this.end;
  }

  private byte(): number {
    if (this.at >= this.end) throw unexpectedEnd();
    return this.buffer[this.at++]!;
  }

  /** Throws beyond the safe integers: no digit may get lost. */
  varint(): number {
    let low = 0;
    for (let shift = 0; shift < 28; shift += 7) {
      const byte = this.byte();
      low |= (byte & 0x7f) << shift;
      if (byte < 0x80) return low;
    }
    return this.longVarint(BigInt(low));
  }

  private longVarint(value: bigint): number {
    for (let shift = 28n; shift < 70n; shift += 7n) {
      const byte = this.byte();
      value |= BigInt(byte & 0x7f) << shift;
      if (byte < 0x80) return this.safe(BigInt.asIntN(64, value));
    }
    throw new ProtobufError('proto: integer overflow');
  }

  private safe(value: bigint): number {
    const number = Number(value);
    if (!Number.isSafeInteger(number)) throw new ProtobufError(`the integer ${value} is beyond ±9007199254740991, which is not supported`);
    return number;
  }

  /** The field number and wire type of the next field. */
  tag(): { field: number; wireType: number } {
    const tag = this.varint();
    const field = Math.floor(tag / 8);
    if (field <= 0) throw new ProtobufError(`proto: illegal tag ${field} (wire type ${tag})`);
    return { field, wireType: tag % 8 };
  }

  private take(count: number): number {
    const from = this.at;
    if (count < 0) throw new ProtobufError('proto: negative length found during unmarshaling');
    if (from + count > this.end) throw unexpectedEnd();
    this.at = from + count;
    return from;
  }

  bytes(): Buffer {
    const length = this.varint();
    const from = this.take(length);
    return this.buffer.subarray(from, from + length);
  }

  text(): string {
    const length = this.varint();
    const from = this.take(length);
    return this.buffer.toString('utf8', from, from + length);
  }

  message(): Reader {
    const length = this.varint();
    const from = this.take(length);
    return new Reader(this.buffer, from, from + length);
  }

  double(): number {
    return this.buffer.readDoubleLE(this.take(8));
  }

  skip(wireType: number): void {
    if (wireType === wire.varint) while (this.byte() >= 0x80);
    else if (wireType === wire.fixed64) this.take(8);
    else if (wireType === wire.bytes) this.take(this.varint());
    else if (wireType === wire.fixed32) this.take(4);
    else if (wireType === wire.startGroup) this.skipGroup();
    else throw new ProtobufError(wireType === wire.endGroup ? 'proto: unexpected end of group' : `proto: illegal wireType ${wireType}`);
  }

  private skipGroup(): void {
    for (let open = 1; open > 0; ) {
      const { wireType } = this.tag();
      if (wireType === wire.startGroup) open++;
      else if (wireType === wire.endGroup) open--;
      else this.skip(wireType);
    }
  }
}
