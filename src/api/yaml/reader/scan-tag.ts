import type { Cursor } from './cursor';
import { scannerError } from './error';
import type { Mark } from './token';

const uri = /[\w\-;/?:@&=+$.,!~*'()[\]%]+/y;
const handle = /![\w-]*!/y;

/** `!<uri>`, `!!name`, `!handle!name`, `!name`, or `!`. */
export function scanTag(cursor: Cursor, start: Mark): { handle: string; text: string } {
  const tag = cursor.startsWith('!<') ? scanVerbatim(cursor, start) : scanShorthand(cursor);
  if (!cursor.isBlankBreakOrEnd()) throw scannerError('did not find expected whitespace or line break', cursor.mark(), start);
  return tag;
}

function scanVerbatim(cursor: Cursor, start: Mark): { handle: string; text: string } {
  cursor.skip(2);
  const text = cursor.takeMatch(uri);
  if (!text) throw scannerError('did not find expected tag URI', cursor.mark(), start);
  if (cursor.char() !== '>') throw scannerError("did not find the expected '>'", cursor.mark(), start);
  cursor.skip();
  return { handle: '', text };
}

function scanShorthand(cursor: Cursor): { handle: string; text: string } {
  const named = cursor.takeMatch(handle);
  if (named) return { handle: named, text: cursor.takeMatch(uri) };
  cursor.skip();
  return { handle: '!', text: cursor.takeMatch(uri) };
}

const name = /[\w-]+/y;

/** The name behind `&` or `*`. */
export function scanAnchor(cursor: Cursor, start: Mark): string {
  cursor.skip();
  const text = cursor.takeMatch(name);
  if (!text || !(cursor.isBlankBreakOrEnd() || '?:,]}%@`'.includes(cursor.char()))) {
    throw scannerError('did not find expected alphabetic or numeric character', cursor.mark(), start);
  }
  return text;
}
