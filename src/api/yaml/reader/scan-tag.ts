import type { Cursor } from './cursor';
import { scannerError } from './error';
import type { Mark } from './token';

const uri = /[\w\-;/?:@&=+$.,!~*'()[\]]+/y;
const escapedOctet = /%[\da-fA-F]{2}/y;
const handle = /![\w-]*!/y;

function requireUri(cursor: Cursor, start: Mark): string {
  const text = takeUri(cursor, start);
  if (!text) throw scannerError('did not find expected tag URI', cursor.mark(), start);
  return text;
}

/** A URI, its escaped octets decoded. */
function takeUri(cursor: Cursor, start: Mark): string {
  let text = cursor.takeMatch(uri);
  while (cursor.char() === '%') {
    const octets: number[] = [];
    while (cursor.char() === '%') {
      const escaped = cursor.takeMatch(escapedOctet);
      if (!escaped) throw scannerError('did not find URI escaped octet', cursor.mark(), start);
      octets.push(parseInt(escaped.slice(1), 16));
    }
    text += Buffer.from(octets).toString('utf8') + cursor.takeMatch(uri);
  }
  return text;
}

/** `!<uri>`, `!!name`, `!handle!name`, `!name`, or `!`. */
export function scanTag(cursor: Cursor, start: Mark): { handle: string; text: string } {
  const tag = cursor.startsWith('!<') ? scanVerbatim(cursor, start) : scanShorthand(cursor, start);
  if (!cursor.isBlankBreakOrEnd()) throw scannerError('did not find expected whitespace or line break', cursor.mark(), start);
  return tag;
}

function scanVerbatim(cursor: Cursor, start: Mark): { handle: string; text: string } {
  cursor.skip(2);
  const text = requireUri(cursor, start);
  if (cursor.char() !== '>') throw scannerError("did not find the expected '>'", cursor.mark(), start);
  cursor.skip();
  return { handle: '', text };
}

function scanShorthand(cursor: Cursor, start: Mark): { handle: string; text: string } {
  const named = cursor.takeMatch(handle);
  if (named) return { handle: named, text: requireUri(cursor, start) };
  cursor.skip();
  return { handle: '!', text: takeUri(cursor, start) };
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
