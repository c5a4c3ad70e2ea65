import { createHash, timingSafeEqual } from 'node:crypto';
import type { BasicAuth } from './route';

/** A file as htpasswd writes it, `name:hash` a line. */
export function readPasswords(text: string): Map<string, string> {
  return new Map(text.split('\n').flatMap((line) => {
    const at = line.indexOf(':');
    return at > 0 && !line.startsWith('#') ? [[line.slice(0, at), line.slice(at + 1).trim()] as const] : [];
  }));
}

/** `apr1` (htpasswd's own), `sha`, `plain`; what is left is of no use here: bcrypt and crypt. */
export const isKnownHash = (hash: string): boolean => /^(\$apr1\$|\{SHA\}|\{PLAIN\})/.test(hash);

export function isAdmitted({ users }: BasicAuth, authorization: string | undefined): boolean {
  const [scheme, encoded] = authorization?.split(' ') ?? [];
  if (!users || scheme?.toLowerCase() !== 'basic' || !encoded) return false;
  const given = Buffer.from(encoded, 'base64').toString('utf8');
  const at = given.indexOf(':');
  const hash = users.get(given.slice(0, at));
  return at > 0 && hash !== undefined && fits(given.slice(at + 1), hash);
}

function fits(password: string, hash: string): boolean {
  if (hash.startsWith('$apr1$')) return equal(apr1(password, hash.split('$')[2] ?? ''), hash);
  if (hash.startsWith('{SHA}')) return equal(`{SHA}${createHash('sha1').update(password).digest('base64')}`, hash);
  return hash.startsWith('{PLAIN}') && equal(`{PLAIN}${password}`, hash);
}

function equal(a: string, b: string): boolean {
  const [left, right] = [Buffer.from(a), Buffer.from(b)];
  return left.length === right.length && timingSafeEqual(left, right);
}

const alphabet = './0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';
const rounds = 1000;
/** Which bytes of the digest make each group of four characters. */
const groups = [[0, 6, 12], [1, 7, 13], [2, 8, 14], [3, 9, 15], [4, 10, 5]] as const;

/** Apache's variant of the MD5 crypt: https://httpd.apache.org/docs/current/misc/password_encryptions.html */
export function apr1(password: string, salt: string): string {
  const [word, salted] = [Buffer.from(password), Buffer.from(salt)];
  const md5 = (...parts: (Buffer | string)[]) => Buffer.from(parts.reduce((hash, part) => hash.update(part), createHash('md5')).digest());
  const inner = md5(word, salted, word);
  const start: Buffer[] = [word, Buffer.from('$apr1$'), salted];
  for (let left = word.length; left > 0; left -= 16) start.push(inner.subarray(0, Math.min(16, left)));
  for (let bits = word.length; bits > 0; bits >>= 1) start.push(bits & 1 ? Buffer.from([0]) : word.subarray(0, 1));
  let digest = md5(...start);
  for (let round = 0; round < rounds; round++) {
    digest = md5(round % 2 ? word : digest, round % 3 ? salted : '', round % 7 ? word : '', round % 2 ? digest : word);
  }
  return `$apr1$${salt}$${groups.map(([a, b, c]) => characters((digest[a]! << 16) | (digest[b]! << 8) | digest[c]!, 4)).join('')}${characters(digest[11]!, 2)}`;
}

const characters = (value: number, count: number): string => Array.from({ length: count }, (_, at) => alphabet[(value >> (6 * at)) & 0x3f]).join('');
