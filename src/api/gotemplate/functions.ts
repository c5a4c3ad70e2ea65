import { basicKind, comparisons, Int } from '../go/compare';
import { sprint, sprintf, sprintln, typeName } from '../go/printf';
import { isMap } from './value';

/** A function of templates over plain data: undefined is no value, null a nil. What it throws is wrapped by the caller. */
export interface TemplateFunction {
  /** The fewest arguments, and whether more may follow. */
  min: number;
  variadic?: boolean;
  /** The first argument is a Go string, and nothing else will do. */
  takesString?: boolean;
  call: (...args: unknown[]) => unknown;
}

function length(item: unknown): Int {
  if (typeof item === 'string') return new Int(Buffer.byteLength(item));
  if (Array.isArray(item)) return new Int(item.length);
  if (isMap(item)) return new Int(Object.keys(item).length);
  if (item === undefined) throw new Error('reflect: call of reflect.Value.Type on zero Value');
  if (item === null) throw new Error('len of nil pointer');
  throw new Error(`len of type ${typeName(item)}`);
}

function position(index: unknown, limit: number, word: string): number {
  if (index === undefined || index === null) throw new Error(`cannot index ${word}/array with nil`);
  if (basicKind(index) !== 'int') throw new Error(`cannot index ${word}/array with type ${typeName(index)}`);
  const at = index instanceof Int ? index.value : Number(index);
  if (at < 0 || at > limit) throw new Error(`index out of range: ${at}`);
  return at;
}

function indexInto(item: unknown, index: unknown): unknown {
  if (item === null || item === undefined) throw new Error('index of nil pointer');
  if (typeof item === 'string' || Array.isArray(item)) {
    const bytes = typeof item === 'string' ? [...Buffer.from(item)] : item;
    return bytes[position(index, bytes.length - 1, 'slice')];
  }
  if (!isMap(item)) throw new Error(`can't index item of type ${typeName(item)}`);
  if (index === undefined || index === null) throw new Error('value is nil; should be of type string');
  if (typeof index !== 'string') throw new Error(`value has type ${typeName(index)}; should be string`);
  // The zero of an interface is a nil in it.
  return Object.hasOwn(item, index) ? item[index] : null;
}

function index(item: unknown, ...indexes: unknown[]): unknown {
  if (item === undefined || item === null) throw new Error('index of untyped nil');
  return indexes.reduce(indexInto, item);
}

function slice(item: unknown, ...indexes: unknown[]): unknown {
  if (item === undefined || item === null) throw new Error('slice of untyped nil');
  if (indexes.length > 3) throw new Error(`too many slice indexes: ${indexes.length}`);
  const isText = typeof item === 'string';
  if (isText && indexes.length === 3) throw new Error('cannot 3-index slice a string');
  if (!isText && !Array.isArray(item)) throw new Error(`can't slice item of type ${typeName(item)}`);
  const whole = isText ? Buffer.from(item) : item;
  const [from, to] = [0, 1].map((i) => (i < indexes.length ? position(indexes[i], whole.length, 'slice') : i * whole.length)) as [number, number];
  if (from > to) throw new Error(`invalid slice index: ${from} > ${to}`);
  return isText ? (whole as Buffer).subarray(from, to).toString('utf8') : whole.slice(from, to);
}

/** Like the comparison of filters, but no value equals no value only. */
function equals(a: unknown, b: unknown): boolean {
  const [kindA, kindB] = [basicKind(a), basicKind(b)];
  const isNil = (value: unknown) => value === undefined || value === null;
  if (kindA && kindB) return comparisons['==']!(a, b);
  if (isNil(a) || isNil(b)) return isNil(a) && isNil(b);
  if (kindA || kindB) throw new Error('incompatible types for comparison');
  throw new Error(`non-comparable type ${sprintf('%s', [a])}: ${typeName(a)}`);
}

function eq(first: unknown, ...others: unknown[]): boolean {
  if (!others.length) throw new Error('missing argument for comparison');
  return others.some((other) => equals(first, other));
}

const compare = (operator: string) => (a: unknown, b: unknown) => comparisons[operator]!(a ?? {}, b ?? {});

const htmlEscapes: Record<string, string> = { '"': '&#34;', "'": '&#39;', '&': '&amp;', '<': '&lt;', '>': '&gt;', '\0': '\ufffd' };

const jsEscapes: Record<string, string> = { '\\': '\\\\', "'": "\\'", '"': '\\"', '<': '\\u003C', '>': '\\u003E', '&': '\\u0026', '=': '\\u003D' };

const js = (text: string) =>
  text.replace(/[\\'"<>&=]|[\0-\x1f]/g, (char) => jsEscapes[char] ?? `\\u${char.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}`);

const urlquery = (text: string) =>
  encodeURIComponent(text).replace(/[!'()*]/g, (char) => `%${char.charCodeAt(0).toString(16).toUpperCase()}`).replaceAll('%20', '+').replaceAll('~', '~');

/** The text of arguments as the escapers take it. */
const joined = (args: unknown[]) => (args.length === 1 && typeof args[0] === 'string' ? args[0] : sprint(args));

function base64decode(text: unknown): string {
  const source = String(text).replace(/[\r\n]/g, '');
  const bad = /[^A-Za-z0-9+/]/.exec(source.replace(/={0,2}$/, ''));
  const valid = !bad && source.length % 4 === 0;
  if (!valid) throw new Error(`base64 decode failed: illegal base64 data at input byte ${bad ? bad.index : source.length - (source.length % 4)}`);
  return Buffer.from(source, 'base64').toString('utf8');
}

/** kubectl's own: whether `index` would find something. */
function exists(item: unknown, ...indexes: unknown[]): boolean {
  let current = item;
  for (const key of indexes) {
    if (typeof current === 'string' || Array.isArray(current)) {
      const size = typeof current === 'string' ? Buffer.byteLength(current) : current.length;
      const at = key instanceof Int ? key.value : Number(key);
      if (basicKind(key) !== 'int' || at < 0 || at >= size) return false;
      current = typeof current === 'string' ? Buffer.from(current)[at] : current[at];
    } else if (isMap(current) && typeof key === 'string') current = Object.hasOwn(current, key) ? current[key] : null;
    else return false;
  }
  return current !== null && current !== undefined;
}

export const functions: Record<string, TemplateFunction> = {
  // The caller evaluates the arguments of these two, as far as they matter.
  and: { min: 1, variadic: true, call: (...args) => args.at(-1) },
  or: { min: 1, variadic: true, call: (...args) => args.at(-1) },
  not: { min: 1, call: (arg) => arg },
  len: { min: 1, call: length },
  index: { min: 1, variadic: true, call: index },
  slice: { min: 1, variadic: true, call: slice },
  print: { min: 0, variadic: true, call: (...args) => sprint(args) },
  printf: { min: 1, variadic: true, takesString: true, call: (format, ...args) => sprintf(String(format), args) },
  println: { min: 0, variadic: true, call: (...args) => sprintln(args) },
  html: { min: 0, variadic: true, call: (...args) => joined(args).replace(/["'&<>\0]/g, (char) => htmlEscapes[char]!) },
  js: { min: 0, variadic: true, call: (...args) => js(joined(args)) },
  urlquery: { min: 0, variadic: true, call: (...args) => urlquery(joined(args)) },
  // Nothing in decoded JSON can be called; the caller says so.
  call: { min: 1, variadic: true, call: () => undefined },
  eq: { min: 1, variadic: true, call: eq },
  ne: { min: 2, call: (a, b) => !equals(a, b) },
  lt: { min: 2, call: compare('<') },
  le: { min: 2, call: compare('<=') },
  gt: { min: 2, call: compare('>') },
  ge: { min: 2, call: compare('>=') },
  exists: { min: 1, variadic: true, call: exists },
  base64decode: { min: 1, takesString: true, call: base64decode },
};
