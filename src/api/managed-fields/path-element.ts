import { marshalJson } from '../go/json';
import { quote } from '../go/quote';

/**
 * One step of a path in its FieldsV1 spelling: `f:` and a field's name, `k:` and the keys of an associative list's item
 * as JSON, `v:` and the value of a set's item as JSON, `i:` and an index.
 */
export type PathElement = string;

export const fieldElement = (name: string): PathElement => `f:${name}`;

/** `keyElement` of one key, which is what most lists have. */
export const singleKeyElement = (name: string, value: unknown): PathElement => `k:{"${name}":${valueJson(value)}}`;

/** `keys` need not be sorted. */
export function keyElement(keys: readonly (readonly [name: string, value: unknown])[]): PathElement {
  const sorted = keys.length > 1 ? [...keys].sort(([a], [b]) => (a < b ? -1 : 1)) : keys;
  return `k:{${sorted.map(([name, value]) => `${JSON.stringify(name)}:${valueJson(value)}`).join(',')}}`;
}

export const valueElement = (value: unknown): PathElement => `v:${valueJson(value)}`;

const plain = /^[\w ./:-]*$/;

/** As Go's encoding/json writes it. */
const valueJson = (value: unknown): string => (typeof value === 'string' && plain.test(value) ? `"${value}"` : marshalJson(value));

/**
 * The canonical spelling. Undefined for a kind of element that is not known, which is ignored as upstream does.
 * Throws SyntaxError for what is no path element at all.
 */
export function canonicalElement(text: string): PathElement | undefined {
  if (text.length < 2 || text[1] !== ':') throw new SyntaxError(`missing colon: ${text}`);
  const content = text.slice(2);
  switch (text[0]) {
    case 'f': return text;
    case 'v': return valueElement(JSON.parse(content));
    case 'k': return canonicalKey(content);
    case 'i': return canonicalIndex(content);
    default: return undefined;
  }
}

function canonicalKey(content: string): PathElement {
  const keys = JSON.parse(content) as unknown;
  if (typeof keys !== 'object' || keys === null || Array.isArray(keys)) throw new SyntaxError(`not a key: ${content}`);
  return keyElement(Object.entries(keys));
}

function canonicalIndex(content: string): PathElement {
  if (!/^[+-]?\d+$/.test(content)) throw new SyntaxError(`not an index: ${content}`);
  return `i:${Number(content)}`;
}

const rank: Record<string, number> = { f: 0, k: 1, v: 2, i: 3 };

/** One key with a string of characters that sort behind the closing quote: the text sorts as the key. */
const plainKey = /^k:\{"\w+":"[\w./:-]*"\}$/;

/** Fields by name, then keys, then values, then indexes. Source: PathElement.Compare. */
export function compareElements(a: PathElement, b: PathElement): number {
  if (a === b) return 0;
  const kind = a[0]!;
  if (kind !== b[0]) return rank[kind]! - rank[b[0]!]!;
  if (kind === 'f' || (plainKey.test(a) && plainKey.test(b))) return a < b ? -1 : 1;
  const [left, right] = [JSON.parse(a.slice(2)) as unknown, JSON.parse(b.slice(2)) as unknown];
  return kind === 'k' ? compareKeys(left as object, right as object) : compareValues(left, right);
}

function compareKeys(a: object, b: object): number {
  const [left, right] = [Object.entries(a), Object.entries(b)];
  for (let at = 0; at < left.length && at < right.length; at++) {
    const [name, value] = left[at]!;
    const [otherName, otherValue] = right[at]!;
    if (name !== otherName) return name < otherName ? -1 : 1;
    const order = compareValues(value, otherValue);
    if (order) return order;
  }
  return left.length - right.length;
}

const typeRank = (value: unknown) => ['number', 'string', 'boolean', 'object'].indexOf(typeof value);

/** Numbers, strings, booleans, then the rest by their text. */
function compareValues(a: unknown, b: unknown): number {
  const [left, right] = [typeRank(a), typeRank(b)];
  if (left !== right) return left - right;
  if (left === 3) return compareText(JSON.stringify(a), JSON.stringify(b));
  return a === b ? 0 : (a as number) < (b as number) ? -1 : 1;
}

const compareText = (a: string, b: string) => (a === b ? 0 : a < b ? -1 : 1);

const described: Record<string, (content: string) => string> = {
  f: (name) => `.${name}`,
  k: (keys) => `[${Object.entries(JSON.parse(keys) as object).map(([name, value]) => `${name}=${shownValue(value)}`).join(',')}]`,
  v: (value) => `[=${shownValue(JSON.parse(value))}]`,
  i: (index) => `[${index}]`,
};

const shownValue = (value: unknown) => (typeof value === 'string' ? quote(value) : JSON.stringify(value));

/** `.spec.containers[name="web"].image`. Source: Path.String. */
export const formatPath = (path: readonly PathElement[]): string =>
  path.map((element) => described[element[0]!]!(element.slice(2))).join('');
