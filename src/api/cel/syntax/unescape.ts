const simple: Readonly<Record<string, string>> = { a: '\x07', b: '\b', f: '\f', n: '\n', r: '\r', t: '\t', v: '\v', '\\': '\\', "'": "'", '"': '"', '`': '`', '?': '?' };
const hexLength: Readonly<Record<string, number>> = { x: 2, X: 2, u: 4, U: 8 };

const escape = /\\(?:([xX][0-9a-fA-F]{0,2}|u[0-9a-fA-F]{0,4}|U[0-9a-fA-F]{0,8})|([0-3][0-7]{2})|([\s\S])|$)/g;

/**
 * What a quoted text means. Of bytes every character of the result is one byte. Throws an Error.
 * Source of the rules and the wording: cel-go's parser/unescape.go.
 */
export function unescaped(quoted: string, isBytes: boolean): string {
  const isRaw = /^[rR]/.test(quoted);
  const text = isRaw ? quoted.slice(1) : quoted;
  const width = /^("""|''')/.test(text) ? 3 : 1;
  const inner = text.slice(width, -width).replace(/\r\n?/g, '\n');
  const plain = isBytes ? utf8 : same;
  if (isRaw) return plain(inner);
  let [result, end] = ['', 0];
  for (const match of inner.matchAll(escape)) {
    result += plain(inner.slice(end, match.index)) + meaning(match, isBytes);
    end = match.index + match[0].length;
  }
  return result + plain(inner.slice(end));
}

const same = (text: string) => text;
/** The bytes of a text as characters. */
const utf8 = (text: string) => Buffer.from(text, 'utf8').toString('latin1');

const refuse = () => new Error('unable to unescape string');

function meaning([, hex, octal, other]: RegExpMatchArray, isBytes: boolean): string {
  if (octal) return String.fromCharCode(parseInt(octal, 8));
  if (hex) return ofHex(hex[0]!, hex.slice(1), isBytes);
  const found = simple[other ?? ''];
  if (found === undefined) throw other === undefined ? new Error("unable to unescape string, found '\\' as last character") : refuse();
  return found;
}

function ofHex(kind: string, digits: string, isBytes: boolean): string {
  const code = parseInt(digits, 16);
  const isWide = kind === 'u' || kind === 'U';
  if (digits.length < hexLength[kind]! || code > 0x10ffff || (isBytes && isWide)) throw refuse();
  return String.fromCodePoint(code);
}
