import type { Cursor } from './cursor';
import { scannerError } from './error';
import type { Mark } from './token';

const name = /[\w-]+/y;
const digits = /\d+/y;
const handle = /![\w-]*!?/y;
const prefix = /[\w\-;/?:@&=+$.,!~*'()[\]%]+/y;
const blanks = /[ \t]+/y;

type Fail = (message: string) => never;

function scanVersion(cursor: Cursor, fail: Fail): string {
  const number = () => cursor.takeMatch(digits) || fail('did not find expected version number');
  const major = number();
  if (cursor.char() !== '.') fail("did not find expected digit or '.' character");
  cursor.skip();
  return `${major}.${number()}`;
}

function scanTagPrefix(cursor: Cursor, fail: Fail): string {
  const tagHandle = cursor.takeMatch(handle);
  if (!tagHandle) fail("did not find expected '!'");
  if (tagHandle !== '!' && !tagHandle.endsWith('!')) fail("while parsing a %TAG directive");
  if (!cursor.isBlank()) fail('did not find expected whitespace');
  cursor.takeMatch(blanks);
  const tagPrefix = cursor.takeMatch(prefix) || fail('did not find expected tag URI');
  if (!cursor.isBlankBreakOrEnd()) fail('did not find expected whitespace or line break');
  return `${tagHandle} ${tagPrefix}`;
}

/** `YAML 1.1` or `TAG ! prefix`. */
export function scanDirective(cursor: Cursor, start: Mark): string {
  const fail: Fail = (message) => {
    throw scannerError(message, cursor.mark(), start);
  };
  cursor.skip();
  const directive = cursor.takeMatch(name) || fail('could not find expected directive name');
  if (!cursor.isBlankBreakOrEnd()) fail('found unexpected non-alphabetical character');
  if (directive !== 'YAML' && directive !== 'TAG') fail('found unknown directive name');
  cursor.takeMatch(blanks);
  const value = directive === 'YAML' ? scanVersion(cursor, fail) : scanTagPrefix(cursor, fail);
  cursor.takeMatch(blanks);
  if (cursor.char() === '#') cursor.takeMatch(/[^\r\n\u0085\u2028\u2029]+/y);
  if (!cursor.isBreakOrEnd()) fail('did not find expected comment or line break');
  return `${directive} ${value}`;
}
