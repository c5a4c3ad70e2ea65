import type { Cursor } from './cursor';
import { scannerError } from './error';
import { Gap } from './folding';
import type { Mark } from './token';

const escapes: Record<string, string> = {
  '0': '\0', a: '\x07', b: '\b', t: '\t', '\t': '\t', n: '\n', v: '\v', f: '\f', r: '\r', e: '\x1b', ' ': ' ', '"': '"', "'": "'", '\\': '\\',
  N: '\u0085', _: '\u00a0', L: '\u2028', P: '\u2029',
};
const codeLengths: Record<string, number> = { x: 2, u: 4, U: 8 };

function takeEscape(cursor: Cursor, start: Mark): string {
  const kind = cursor.char(1);
  if (Object.hasOwn(escapes, kind)) {
    cursor.skip(2);
    return escapes[kind]!;
  }
  const length = codeLengths[kind];
  if (!length) throw scannerError('found unknown escape character', cursor.mark(), start);
  cursor.skip(2);
  const digits = cursor.text.slice(cursor.index, cursor.index + length);
  if (digits.length < length || !/^[\da-fA-F]+$/.test(digits)) throw scannerError('did not find expected hexdecimal number', cursor.mark(), start);
  const code = parseInt(digits, 16);
  if ((code >= 0xd800 && code <= 0xdfff) || code > 0x10ffff) throw scannerError('found invalid Unicode character escape code', cursor.mark(), start);
  cursor.skip(length);
  return String.fromCodePoint(code);
}

const plainRun: Record<string, RegExp> = { "'": /[^'\s\u0085]+/y, '"': /[^"\\\s\u0085]+/y };

/** What stands between blanks inside quotes, up to the closing quote. */
function takeQuotedWord(cursor: Cursor, quote: string, gap: Gap, start: Mark): string {
  let word = '';
  while (!cursor.isBlankBreakOrEnd()) {
    if (quote === "'" && cursor.startsWith("''")) {
      word += "'";
      cursor.skip(2);
    } else if (cursor.char() === quote) break;
    else if (quote === '"' && cursor.char() === '\\' && cursor.isBreak(1)) {
      cursor.skip();
      cursor.takeBreak();
      gap.joinLines();
      break;
    } else if (quote === '"' && cursor.char() === '\\') word += takeEscape(cursor, start);
    else word += cursor.takeMatch(plainRun[quote]!) || cursor.take();
  }
  return word;
}

export function scanQuoted(cursor: Cursor): string {
  const start = cursor.mark();
  const quote = cursor.take();
  const gap = new Gap();
  for (let text = ''; ; text += gap.fold()) {
    if (cursor.atDocumentIndicator()) throw scannerError('found unexpected document indicator', cursor.mark(), start);
    if (cursor.isEnd()) throw scannerError('found unexpected end of stream', cursor.mark(), start);
    text += takeQuotedWord(cursor, quote, gap, start);
    if (cursor.char() === quote) {
      cursor.skip();
      return text;
    }
    while (cursor.isBlank() || cursor.isBreak()) gap.collect(cursor);
  }
}

const blockRun = /[^\s:\u0085]+/y;
const flowRun = /[^\s:,?[\]{}\u0085]+/y;

function takePlainWord(cursor: Cursor, inFlow: boolean): string {
  let word = '';
  while (!cursor.isBlankBreakOrEnd()) {
    if (cursor.char() === ':' && cursor.isBlankBreakOrEnd(1)) break;
    if (inFlow && ',?[]{}'.includes(cursor.char())) break;
    word += cursor.takeMatch(inFlow ? flowRun : blockRun) || cursor.take();
  }
  return word;
}

/** `endsLine`: it ended with a line break, so that a key may follow. */
export function scanPlain(cursor: Cursor, blockIndent: number, inFlow: boolean): { text: string; endsLine: boolean } {
  const start = cursor.mark();
  const gap = new Gap();
  let text = '';
  for (;;) {
    if (cursor.atDocumentIndicator() || cursor.char() === '#') break;
    const word = takePlainWord(cursor, inFlow);
    if (word) text += gap.fold() + word;
    if (!cursor.isBlank() && !cursor.isBreak()) break;
    while (cursor.isBlank() || cursor.isBreak()) {
      if (gap.hasBreak && cursor.column <= blockIndent && cursor.char() === '\t') {
        throw scannerError('found a tab character that violates indentation', cursor.mark(), start);
      }
      gap.collect(cursor);
    }
    if (!inFlow && cursor.column <= blockIndent) break;
  }
  return { text, endsLine: gap.hasBreak };
}
