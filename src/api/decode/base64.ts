const alphabet = /^[A-Za-z0-9+/]$/;

/**
 * Canonical base64, or the offset at which Go's StdEncoding finds it illegal. Line breaks are ignored, padding is
 * required. Source: encoding/base64 decodeQuantum.
 */
export function canonicalBase64(text: string): { text: string } | { illegalAt: number } {
  const dense = /[\r\n]/.test(text) ? text.replace(/[\r\n]/g, '') : text;
  if (dense.length % 4 === 0 && /^[A-Za-z0-9+/]*={0,2}$/.test(dense)) {
    return { text: dense.endsWith('=') ? Buffer.from(dense, 'base64').toString('base64') : dense };
  }
  return { illegalAt: illegalOffset(text) };
}

function illegalOffset(text: string): number {
  let quantum = 0;
  for (let at = 0; at < text.length; at++) {
    const char = text[at]!;
    if (char === '\r' || char === '\n') continue;
    if (char === '=') return paddingError(text, at, quantum);
    if (!alphabet.test(char)) return Buffer.byteLength(text.slice(0, at));
    quantum = (quantum + 1) % 4;
  }
  return text.length - quantum;
}

function paddingError(text: string, at: number, quantum: number): number {
  if (quantum < 2) return at;
  const rest = text.slice(at + 1).replace(/[\r\n]/g, '');
  if (quantum === 2 && rest === '') return text.length;
  if (quantum === 2 && rest[0] !== '=') return at;
  // What follows a complete padding is trailing garbage.
  const second = quantum === 2 ? text.indexOf('=', at + 1) : at;
  return second + 1;
}
