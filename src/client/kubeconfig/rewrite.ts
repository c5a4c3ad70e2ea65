import { Document, isMap, isSeq, parse, parseDocument, visit, type YAMLMap, type YAMLSeq } from 'yaml';
import { deepEqual } from '../../api/equal';

type Plain = Record<string, unknown>;

/**
 * The text of a YAML file after its data went from `before` to `after`: only what differs is touched, so comments,
 * order and spelling of the rest survive. Items of lists are matched by their `name`.
 */
export function rewrite(text: string, before: Plain, after: Plain): string {
  const document = parseDocument(text, { strict: false, uniqueKeys: false });
  if (!isMap(document.contents)) document.contents = new Document({}).contents as never;
  const root = document.contents as unknown as YAMLMap;
  if (root.items.length === 0) root.flow = false;
  syncMap(document, root, before, withHeader(after));
  return document.toString({ lineWidth: 0, indentSeq: false });
}

/** What clientcmd writes into every file. */
function withHeader(config: Plain): Plain {
  return { apiVersion: 'v1', kind: 'Config', ...config };
}

function syncMap(document: Document, node: YAMLMap, before: Plain, after: Plain): void {
  for (const key of Object.keys(before)) {
    if (!(key in after) || after[key] === undefined) node.delete(key);
  }
  for (const [key, value] of Object.entries(after)) {
    if (value !== undefined && !deepEqual(before[key], value)) syncEntry(document, node, key, before[key], value);
  }
}

function syncEntry(document: Document, node: YAMLMap, key: string, before: unknown, after: unknown): void {
  const child = node.get(key, true);
  if (isMap(child) && isPlain(before) && isPlain(after)) syncMap(document, block(child, after), before, after);
  else if (isSeq(child) && isNamed(before) && isNamed(after)) syncNamed(document, block(child, after), before, after);
  else node.set(key, nodeOf(document, after));
}

/** A new part of the document. kubectl reads YAML 1.1's words and numbers as such: a context named `y` gets quotes. */
function nodeOf(document: Document, value: unknown) {
  const node = document.createNode(value);
  visit(node, {
    Scalar: (_key, scalar) => {
      if (typeof scalar.value === 'string' && isAmbiguous(scalar.value)) scalar.type = 'QUOTE_DOUBLE';
    },
  });
  return node;
}

/** Only short plain words can be anything but text. */
const isAmbiguous = (text: string) => /^[\w.+:~-]{1,40}$/.test(text) && parse(text, { version: '1.1' }) !== text;

/** What was written as `{}` or `[]` continues in block style once it holds something. */
function block<T extends YAMLMap | YAMLSeq>(node: T, after: object): T {
  if (node.items.length === 0 && Object.keys(after).length > 0) node.flow = false;
  return node;
}

type Named = Plain & { name: string };

function syncNamed(document: Document, node: YAMLSeq, before: Named[], after: Named[]): void {
  const wanted = new Map(after.map((item) => [item.name, item]));
  const had = new Map(before.map((item) => [item.name, item]));
  node.items = node.items.filter((item) => wanted.has(nameOf(item)));
  for (const item of node.items) {
    const name = nameOf(item);
    syncMap(document, item as YAMLMap, had.get(name) ?? {}, wanted.get(name)!);
    wanted.delete(name);
  }
  for (const item of wanted.values()) node.add(nodeOf(document, item));
}

const nameOf = (item: unknown): string => (isMap(item) ? String(item.get('name')) : '');
const isPlain = (value: unknown): value is Plain => typeof value === 'object' && value !== null && !Array.isArray(value);
const isNamed = (value: unknown): value is Named[] =>
  Array.isArray(value) && value.every((item) => isPlain(item) && typeof item['name'] === 'string');
