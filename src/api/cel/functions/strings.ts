import { quote } from '../../go/quote';
import { ArrayList, CelError, type List, type Value } from '../values/value';
import { formatted } from './format-string';
import { sizeOf, traversal } from './costs';
import { findAll, matches } from './patterns';
import { matching } from './costs';
import { row, type Overload } from './row';

/** The code points of a text, by which everything is counted. */
const points = (text: string): readonly string[] => [...text];
const outOfRange = (index: bigint | number) => new CelError(`index out of range: ${index}`);

function charAt(text: string, index: bigint): string {
  const characters = points(text);
  if (index < 0n || index > BigInt(characters.length)) throw outOfRange(index);
  return characters[Number(index)] ?? '';
}

const startsAt = (characters: readonly string[], part: readonly string[], at: number) => part.every((char, offset) => characters[at + offset] === char);

function indexOf(text: string, part: string, offset = 0n): bigint {
  if (!part) return offset;
  const [characters, wanted] = [points(text), points(part)];
  if (offset < 0n || offset >= BigInt(characters.length)) throw outOfRange(offset);
  for (let at = Number(offset); at <= characters.length - wanted.length; at++) if (startsAt(characters, wanted, at)) return BigInt(at);
  return -1n;
}

function lastIndexOf(text: string, part: string, offset?: bigint): bigint {
  const [characters, wanted] = [points(text), points(part)];
  if (!part) return offset ?? BigInt(characters.length);
  const from = offset ?? BigInt(characters.length - 1);
  if (from < 0n || from >= BigInt(characters.length)) throw outOfRange(from);
  for (let at = Math.min(Number(from), characters.length - wanted.length); at >= 0; at--) if (startsAt(characters, wanted, at)) return BigInt(at);
  return -1n;
}

function substring(text: string, start: bigint, end?: bigint): string {
  const characters = points(text);
  const length = BigInt(characters.length);
  if (end !== undefined && start > end) throw new CelError(`invalid substring range. start: ${start}, end: ${end}`);
  if (start < 0n || start > length) throw outOfRange(start);
  if (end !== undefined && (end < 0n || end > length)) throw outOfRange(end);
  return characters.slice(Number(start), end === undefined ? undefined : Number(end)).join('');
}

/** Go's strings.Replace: -1 for all. */
function replace(text: string, old: string, by: string, count = -1n): string {
  const parts = split(text, old, count < 0n ? -1n : count + 1n);
  return old ? parts.join(by) : interleaved(text, by, count);
}

/** An empty text is found around every character. */
function interleaved(text: string, by: string, count: bigint): string {
  const characters = points(text);
  const times = count < 0n ? characters.length + 1 : Number(count);
  return characters.reduce((result, char, at) => result + (at < times ? by : '') + char, '') + (characters.length < times ? by : '');
}

/** Go's strings.SplitN. */
function split(text: string, separator: string, count = -1n): string[] {
  if (count === 0n) return [];
  const all = separator ? text.split(separator) : [...points(text)];
  const max = Number(count);
  return count < 0n || all.length <= max ? all : [...all.slice(0, max - 1), all.slice(max - 1).join(separator)];
}

function join(list: List, separator = ''): string {
  const parts = [...list].map((part) => {
    if (typeof part !== 'string') throw new CelError(`join: invalid input: ${String(part)}`);
    return part;
  });
  return parts.join(separator);
}

const asList = (items: readonly string[]) => new ArrayList(items);
const ascii = (pattern: RegExp, change: (char: string) => string) => (text: string) => text.replace(pattern, change);
const over = ([text]: readonly Value[]) => traversal(text!);
const overTwice = ([text]: readonly Value[]) => traversal(text!, 2);
const product = ([text, part]: readonly Value[]) => traversal(text!) * traversal(part!);
const pattern = ([text, regExp]: readonly Value[]) => matching(text!, sizeOf(regExp!));

/** Source: cel-go's standard library and ext/strings.go; k8s.io/apiserver/pkg/cel/library/regex.go. */
export const strings: readonly Overload[] = [
  row('(string).contains(string) bool', (text: string, part: string) => text.includes(part), product),
  row('(string).startsWith(string) bool', (text: string, part: string) => text.startsWith(part), over),
  row('(string).endsWith(string) bool', (text: string, part: string) => text.endsWith(part), over),
  ...['matches(string, string) bool', '(string).matches(string) bool'].map((signature) => row(signature, matches, pattern)),
  row('(string).find(string) string', (text: string, regExp: string) => findAll(text, regExp, 1)[0] ?? '', pattern),
  row('(string).findAll(string) list(string)', (text: string, regExp: string) => asList(findAll(text, regExp)), pattern),
  row('(string).findAll(string, int) list(string)', (text: string, regExp: string, limit: bigint) => asList(findAll(text, regExp, Number(limit))), pattern),
  row('(string).charAt(int) string', charAt),
  row('(string).indexOf(string) int', indexOf, over),
  row('(string).indexOf(string, int) int', indexOf, over),
  row('(string).lastIndexOf(string) int', lastIndexOf, over),
  row('(string).lastIndexOf(string, int) int', lastIndexOf, over),
  row('(string).lowerAscii() string', ascii(/[A-Z]+/g, (char) => char.toLowerCase()), over),
  row('(string).upperAscii() string', ascii(/[a-z]+/g, (char) => char.toUpperCase()), over),
  row('(string).replace(string, string) string', replace, overTwice),
  row('(string).replace(string, string, int) string', replace, overTwice),
  row('(string).split(string) list(string)', (text: string, separator: string) => asList(split(text, separator)), overTwice),
  row('(string).split(string, int) list(string)', (text: string, separator: string, count: bigint) => asList(split(text, separator, count)), overTwice),
  row('(string).substring(int) string', substring, over),
  row('(string).substring(int, int) string', substring, over),
  row('(string).trim() string', (text: string) => text.trim(), over),
  row('(string).reverse() string', (text: string) => [...points(text)].reverse().join(''), over),
  row('(list(string)).join() string', (list: List) => join(list), (_list, result) => traversal(result, 2)),
  row('(list(string)).join(string) string', join, (_list, result) => traversal(result, 2)),
  row('(string).format(list(dyn)) string', formatted, over),
  row('strings.quote(string) string', quote, over),
];
