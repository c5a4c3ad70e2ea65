/** Puts a prefix before every line of a stream of chunks, wherever the chunks end. */
export function linePrefixer(prefix: string): (chunk: Uint8Array) => Uint8Array {
  if (!prefix) return (chunk) => chunk;
  const start = Buffer.from(prefix);
  const lineBreak = 10;
  let atStart = true;
  return (chunk) => {
    const parts: Uint8Array[] = [];
    for (let from = 0; from < chunk.length;) {
      const found = chunk.indexOf(lineBreak, from);
      const to = found < 0 ? chunk.length : found + 1;
      if (atStart) parts.push(start);
      parts.push(chunk.subarray(from, to));
      atStart = found >= 0;
      from = to;
    }
    return Buffer.concat(parts);
  };
}
