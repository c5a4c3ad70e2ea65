/**
 * Writes a message from its end to its start, so that a length is known when it is due: what is written first stands
 * last. All methods therefore write the payload before its prefix.
 */
export class Writer {
  private buffer: Buffer;
  private start: number;

  constructor(sizeHint = 1024) {
    this.buffer = Buffer.allocUnsafe(sizeHint);
    this.start = sizeHint;
  }

  /** Bytes written so far: the difference of two reads is the length of what was written between. */
  get length(): number {
    return this.buffer.length - this.start;
  }

  finish(): Buffer {
    return this.buffer.subarray(this.start);
  }

  byte(value: number): void {
    this.reserve(1);
    this.buffer[--this.start] = value;
  }

  bytes(value: Uint8Array): void {
    this.reserve(value.length);
    this.start -= value.length;
    this.buffer.set(value, this.start);
  }

  text(value: string): void {
    const length = Buffer.byteLength(value);
    this.reserve(length);
    this.start -= length;
    this.buffer.write(value, this.start, 'utf8');
  }

  /** A safe integer as an int64; negative ones take ten bytes. */
  varint(value: number): void {
    if (value >= 0 && value < 0x80) return this.byte(value);
    if (value < 0) return this.bigVarint(BigInt.asUintN(64, BigInt(value)));
    const groups: number[] = [];
    for (let rest = value; rest >= 1; rest = Math.floor(rest / 128)) groups.push(rest % 128);
    groups.reverse().forEach((group, at) => this.byte(at === 0 ? group : group | 0x80));
  }

  bigVarint(value: bigint): void {
    const groups: number[] = [];
    do groups.push(Number(value & 0x7fn));
    while ((value >>= 7n));
    groups.reverse().forEach((group, at) => this.byte(at === 0 ? group : group | 0x80));
  }

  double(value: number): void {
    this.reserve(8);
    this.start -= 8;
    this.buffer.writeDoubleLE(value, this.start);
  }

  tag(field: number, wireType: number): void {
    this.varint(field * 8 + wireType);
  }

  private reserve(count: number): void {
    if (this.start >= count) return;
    const used = this.length;
    const grown = Buffer.allocUnsafe(Math.max(2 * this.buffer.length, used + count));
    this.buffer.copy(grown, grown.length - used, this.start);
    this.start = grown.length - used;
    this.buffer = grown;
  }
}
