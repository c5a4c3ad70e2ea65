/** One element of a DER encoding. Its parts are views of the same bytes. */
export interface Der {
  /** Class, constructed bit and number in one byte; larger numbers do not occur in certificates. */
  readonly tag: number;
  readonly content: Buffer;
  /** With tag and length. */
  readonly whole: Buffer;
}

export const tags = { boolean: 0x01, bitString: 0x03, octetString: 0x04, oid: 0x06, sequence: 0x30, set: 0x31, bmpString: 0x1e } as const;

/** Throws Error for bytes that are no DER element. */
export function readDer(bytes: Buffer): Der {
  const [element, rest] = readOne(bytes);
  if (rest.length) throw new Error('asn1: syntax error: trailing data');
  return element;
}

/** The elements of a constructed one. */
export function children({ content }: Der): Der[] {
  const elements: Der[] = [];
  for (let rest = content; rest.length;) {
    const [element, behind] = readOne(rest);
    elements.push(element);
    rest = behind;
  }
  return elements;
}

/** One of the elements of a constructed one. Throws Error when there is none. */
export function childOf(element: Der, at: number): Der {
  const child = children(element)[at];
  if (!child) throw new Error('asn1: structure error: sequence too short');
  return child;
}

function readOne(bytes: Buffer): [Der, Buffer] {
  if (bytes.length < 2) throw new Error('asn1: syntax error: data truncated');
  let length = bytes[1]!;
  let start = 2;
  if (length & 0x80) {
    const size = length & 0x7f;
    if (size === 0 || size > 4 || bytes.length < 2 + size) throw new Error('asn1: structure error: length too large');
    length = bytes.readUIntBE(2, size);
    start += size;
  }
  const end = start + length;
  if (bytes.length < end) throw new Error('asn1: syntax error: data truncated');
  return [{ tag: bytes[0]!, content: bytes.subarray(start, end), whole: bytes.subarray(0, end) }, bytes.subarray(end)];
}

/** `2.5.4.3` */
export function oidOf({ content }: Der): string {
  const numbers: number[] = [];
  let value = 0;
  for (const byte of content) {
    value = value * 128 + (byte & 0x7f);
    if (byte & 0x80) continue;
    numbers.push(value);
    value = 0;
  }
  const [first = 0, ...rest] = numbers;
  const root = Math.min(Math.floor(first / 40), 2);
  return [root, first - root * 40, ...rest].join('.');
}

/** Of any of the string types. */
export const textOf = ({ tag, content }: Der): string =>
  (tag === tags.bmpString ? Buffer.from(content).swap16().toString('utf16le') : content.toString('utf8'));
