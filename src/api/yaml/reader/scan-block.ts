import type { Cursor } from './cursor';
import { scannerError } from './error';
import type { Mark } from './token';

interface Header {
  chomping: '' | '+' | '-';
  /** 0 when the first line shows it. */
  increment: number;
}

function scanHeader(cursor: Cursor, start: Mark): Header {
  const header: Header = { chomping: '', increment: 0 };
  for (let part = 0; part < 2; part++) {
    const char = cursor.char();
    if (!header.chomping && (char === '+' || char === '-')) header.chomping = char;
    else if (!header.increment && /\d/.test(char)) {
      if (char === '0') throw scannerError('found an indentation indicator equal to 0', cursor.mark(), start);
      header.increment = Number(char);
    } else break;
    cursor.skip();
  }
  cursor.takeMatch(/[ \t]+/y);
  if (cursor.char() === '#') cursor.takeMatch(/[^\r\n\u0085\u2028\u2029]+/y);
  if (!cursor.isBreakOrEnd()) throw scannerError('did not find expected comment or line break', cursor.mark(), start);
  if (cursor.isBreak()) cursor.takeBreak();
  return header;
}

/** Empty lines, and the margin of the line behind them. An `indent` of 0 is yet to be found. */
function scanBreaks(cursor: Cursor, indent: number, blockIndent: number, start: Mark): { breaks: string; indent: number } {
  let [breaks, widest] = ['', 0];
  for (;;) {
    while ((indent === 0 || cursor.column < indent) && cursor.char() === ' ') cursor.skip();
    widest = Math.max(widest, cursor.column);
    if ((indent === 0 || cursor.column < indent) && cursor.char() === '\t') {
      throw scannerError('found a tab character where an indentation space is expected', cursor.mark(), start);
    }
    if (!cursor.isBreak()) break;
    breaks += cursor.takeBreak();
  }
  return { breaks, indent: indent || Math.max(widest, blockIndent + 1, 1) };
}

const restOfLine = /[^\r\n\u0085\u2028\u2029]+/y;

/** A `|` or `>` block. */
export function scanBlockScalar(cursor: Cursor, blockIndent: number): string {
  const start = cursor.mark();
  const folded = cursor.take() === '>';
  const { chomping, increment } = scanHeader(cursor, start);
  const given = increment && (blockIndent >= 0 ? blockIndent + increment : increment);
  let { breaks, indent } = scanBreaks(cursor, given, blockIndent, start);
  let [text, lastBreak, wasBlank] = ['', '', false];
  while (cursor.column === indent && !cursor.isEnd()) {
    const isBlank = cursor.isBlank();
    if (folded && lastBreak === '\n' && !wasBlank && !isBlank) text += breaks || ' ';
    else text += lastBreak + breaks;
    wasBlank = isBlank;
    text += cursor.takeMatch(restOfLine);
    lastBreak = cursor.isEnd() ? '' : cursor.takeBreak();
    ({ breaks, indent } = scanBreaks(cursor, indent, blockIndent, start));
  }
  if (chomping === '-') return text;
  return chomping === '+' ? text + lastBreak + breaks : text + lastBreak;
}
