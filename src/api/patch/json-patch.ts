import { exactJson } from '../exact-json';
import { quote } from '../go/quote';
import { PatchError } from './errors';
import { clone, equal, get, has, isMap, put, type JsonMap } from './json';

// Semantics and wording are those of evanphx/json-patch v4, which upstream uses: replacing or copying a missing member
// succeeds, negative indexes count from the end, what stands before a path's first slash is dropped.

const fail = (message: string) => new PatchError(message, 422);
const missing = (message: string) => fail(`${message}: missing value`);
/** Wraps a failure as errors.Wrap does. */
const wrap = (context: string, error: unknown) => fail(`${context}: ${(error as Error).message}`);

function arrayIndex(token: string): number {
  if (!/^[-+]?\d+$/.test(token)) throw fail(`strconv.Atoi: parsing ${quote(token)}: invalid syntax`);
  return Number(token);
}

/** `length` is how many positions there are; an addition has one more than a look-up. */
function resolveIndex(token: string, length: number): number {
  const index = arrayIndex(token);
  if (index >= length || index < -length) throw fail(`Unable to access invalid index: ${index}: invalid index referenced`);
  return index < 0 ? index + length : index;
}

type Container = JsonMap | unknown[];

const isContainer = (value: unknown): value is Container => typeof value === 'object' && value !== null;

/** Undefined for a member that is not there; throws for an index that is not there. */
function lookup(container: Container, key: string): unknown {
  return Array.isArray(container) ? container[resolveIndex(key, container.length)] : get(container, key);
}

function replaceAt(container: Container, key: string, value: unknown): void {
  if (Array.isArray(container)) container[resolveIndex(key, container.length)] = value;
  else put(container, key, value);
}

function insertAt(container: Container, key: string, value: unknown): void {
  if (!Array.isArray(container)) return put(container, key, value);
  if (key === '-') {
    container.push(value);
    return;
  }
  try {
    arrayIndex(key);
  } catch (error) {
    throw wrap(`value was not a proper array index: '${key}'`, error);
  }
  container.splice(resolveIndex(key, container.length + 1), 0, value);
}

function removeAt(container: Container, key: string): void {
  if (Array.isArray(container)) container.splice(resolveIndex(key, container.length), 1);
  else if (!has(container, key)) throw missing(`Unable to remove nonexistent key: ${key}`);
  else delete container[key];
}

const decodeToken = (token: string) => token.replaceAll('~1', '/').replaceAll('~0', '~');

/** The container that a path's last token is a key of; undefined when something on the way is missing or is no container. */
function find(document: Container, path: string): { container: Container; key: string } | undefined {
  const tokens = path.split('/').map(decodeToken);
  if (tokens.length < 2) return undefined;
  let container = document;
  for (const token of tokens.slice(1, -1)) {
    try {
      const next = lookup(container, token);
      if (!isContainer(next)) return undefined;
      container = next;
    } catch {
      return undefined;
    }
  }
  return { container, key: tokens.at(-1)! };
}

type Operation = JsonMap;

function stringField(operation: Operation, field: 'path' | 'from'): string {
  const value = get(operation, field) ?? undefined;
  if (value === undefined) throw missing(field === 'path' ? 'operation missing path field' : 'operation, missing from field');
  if (typeof value === 'string') return value;
  const kind = Array.isArray(value) ? 'array' : typeof value === 'boolean' ? 'bool' : typeof value;
  throw fail(`json: cannot unmarshal ${kind} into Go value of type string`);
}

function attempt<T>(context: string, action: () => T): T {
  try {
    return action();
  } catch (error) {
    throw wrap(context, error);
  }
}

/** `add` and `remove` hide why the path could not be read. */
function readPath(operation: Operation, name: string, hidesCause = false): string {
  try {
    return stringField(operation, 'path');
  } catch (error) {
    const context = `${name} operation failed to decode path`;
    throw hidesCause ? missing(context) : wrap(context, error);
  }
}

const readFrom = (operation: Operation, name: string) =>
  attempt(`${name} operation failed to decode from`, () => stringField(operation, 'from'));

const value = (operation: Operation) => get(operation, 'value') ?? null;

function add(document: Container, operation: Operation): void {
  const path = readPath(operation, 'add', true);
  const target = find(document, path);
  if (!target) throw missing(`add operation does not apply: doc is missing path: "${path}"`);
  attempt(`error in add for path: '${path}'`, () => insertAt(target.container, target.key, value(operation)));
}

function remove(document: Container, operation: Operation): void {
  const path = readPath(operation, 'remove', true);
  const target = find(document, path);
  if (!target) throw missing(`remove operation does not apply: doc is missing path: "${path}"`);
  attempt(`error in remove for path: '${path}'`, () => removeAt(target.container, target.key));
}

/** The empty path is the whole document; a scalar in its place changes nothing. */
function replaceDocument(document: Container, replacement: unknown): Container {
  return isContainer(replacement) ? replacement : document;
}

function replace(document: Container, operation: Operation): Container | undefined {
  const path = readPath(operation, 'replace');
  if (path === '') return replaceDocument(document, value(operation));
  const target = find(document, path);
  if (!target) throw missing(`replace operation does not apply: doc is missing path: ${path}`);
  try {
    lookup(target.container, target.key);
  } catch {
    throw missing(`replace operation does not apply: doc is missing key: ${path}`);
  }
  replaceAt(target.container, target.key, value(operation));
  return undefined;
}

function move(document: Container, operation: Operation): void {
  const from = readFrom(operation, 'move');
  const source = find(document, from);
  if (!source) throw missing(`move operation does not apply: doc is missing from path: ${from}`);
  const moved = attempt(`error in move for path: '${source.key}'`, () => {
    const found = lookup(source.container, source.key);
    removeAt(source.container, source.key);
    return found;
  });
  const path = readPath(operation, 'move');
  const target = find(document, path);
  if (!target) throw missing(`move operation does not apply: doc is missing destination path: ${path}`);
  attempt(`error in move for path: '${path}'`, () => insertAt(target.container, target.key, moved));
}

/** Source: JSONPatchMaxCopyBytes. Copies of copies would fill any memory. */
const copiedBytesMax = 3 * 1024 * 1024;

/** What the copies of one patch have come to. */
interface Copies {
  bytes: number;
}

/** Wording: AccumulatedCopySizeError. */
function countCopy(copies: Copies, copied: unknown): void {
  copies.bytes += Buffer.byteLength(exactJson(copied));
  if (copies.bytes > copiedBytesMax) throw fail(`Unable to complete the copy, the accumulated size increase of copy is ${copies.bytes}, exceeding the limit ${copiedBytesMax}`);
}

function copy(document: Container, operation: Operation, copies: Copies): void {
  const from = readFrom(operation, 'copy');
  const source = find(document, from);
  if (!source) throw missing(`copy operation does not apply: doc is missing from path: ${from}`);
  const copied = clone(attempt(`error in copy for from: '${from}'`, () => lookup(source.container, source.key)) ?? null);
  const path = readPath(operation, 'copy', true);
  const target = find(document, path);
  if (!target) throw missing(`copy operation does not apply: doc is missing destination path: ${path}`);
  countCopy(copies, copied);
  attempt('error while adding value during copy', () => insertAt(target.container, target.key, copied));
}

function test(document: Container, operation: Operation): void {
  const path = readPath(operation, 'test');
  if (path === '') {
    if (!equal(document, value(operation))) throw fail('testing value  failed: test failed');
    return;
  }
  const target = find(document, path);
  if (!target) throw missing(`test operation does not apply: is missing path: ${path}`);
  const actual = attempt(`error in test for path: '${path}'`, () => lookup(target.container, target.key)) ?? null;
  if (!equal(actual, value(operation))) throw fail(`testing value ${path} failed: test failed`);
}

/** Each changes the document in place, or returns the one that takes its place. */
const operations: Record<string, (document: Container, operation: Operation, copies: Copies) => Container | undefined | void> = { add, remove, replace, move, copy, test };

/** Throws as decoding into jsonpatch.Patch does. */
function checkShape(patch: unknown): Operation[] {
  if (patch === null) return [];
  const kind = (of: unknown) => (Array.isArray(of) ? 'array' : isMap(of) ? 'object' : typeof of === 'boolean' ? 'bool' : typeof of);
  if (!Array.isArray(patch)) throw new PatchError(`json: cannot unmarshal ${kind(patch)} into Go value of type jsonpatch.Patch`, 400);
  for (const operation of patch) {
    if (operation !== null && !isMap(operation)) {
      throw new PatchError(`json: cannot unmarshal ${kind(operation)} into Go value of type jsonpatch.Operation`, 400);
    }
  }
  return patch.map((operation) => (operation ?? {}) as Operation);
}

/** Applies an RFC 6902 patch. Throws PatchError: 400 for what is no patch, 422 for one that does not apply. */
export function jsonPatch<T>(document: T, patch: unknown): T {
  const steps = checkShape(patch);
  const copies: Copies = { bytes: 0 };
  let result = clone(document) as Container;
  for (const operation of steps) {
    const name = get(operation, 'op');
    const kind = typeof name === 'string' ? name : 'unknown';
    if (!Object.hasOwn(operations, kind)) throw fail(`Unexpected kind: ${kind}`);
    result = operations[kind]!(result, clone(operation), copies) ?? result;
  }
  return result as T;
}
