import { decodeNode, entries, isNull, isNullOrEmpty, readNode, writeNode, type YamlNode } from '../../../api/yaml/document';
import { formatValue } from '../../../api/go/format';
import { marshalJson } from '../../../api/go/json';
import { wrapped } from '../errors';
import { member, textOf } from '../node/fields';
import type { Schemas } from '../schema';
import { Resource } from './resource';

/** The documents between lines of dashes, each with its last line's break but for the last. Source: splitDocuments of kyaml's kio. */
function splitDocuments(text: string): string[] {
  const documents: string[] = [];
  let start = 0;
  for (const match of text.matchAll(/\n---.*\n/g)) {
    const rest = match[0].slice(4).trim();
    if (rest && !rest.startsWith('#')) throw new Error(`invalid document separator: ${match[0].trim()}`);
    // Separators share the line break between them: the second of two has none left to begin with.
    documents.push(`${text.slice(start, match.index)}\n`);
    start = match.index + match[0].length;
  }
  return text === '' ? [] : [...documents, text.slice(start)];
}

/** All objects of a text; those of a List that stands alone in it one by one. Source: ByteReader of kyaml. */
function readNodes(text: string): YamlNode[] {
  const documents = splitDocuments(text.replaceAll('\r\n', '\n'));
  return documents.flatMap((document) => {
    const node = readDocument(document);
    if (isNull(node)) return [];
    const items = documents.length === 1 ? wrappedItems(node) : undefined;
    return items ?? [node];
  });
}

function readDocument(text: string): YamlNode | undefined {
  try {
    return readNode(text);
  } catch (error) {
    throw wrapped(error, 'MalformedYAMLError');
  }
}

function wrappedItems(node: YamlNode): YamlNode[] | undefined {
  const kind = textOf(member(node, 'kind'));
  if (kind !== 'List' && kind !== 'ResourceList') return undefined;
  const items = member(node, 'items');
  return items ? items.content : member(node, 'functionConfig') && [];
}

/** Objects need a kind, and a name unless they are lists; empty ones are left out. */
function checked(nodes: readonly YamlNode[]): YamlNode[] {
  return nodes.filter((node) => {
    if (isNullOrEmpty(node)) return false;
    checkMetadata(node);
    return true;
  });
}

export function checkMetadata(node: YamlNode): void {
  const metadata = present(member(node, 'metadata'));
  const [apiVersion, kind] = ['apiVersion', 'kind'].map((name) => textOf(present(member(node, name)))) as [string, string];
  const [name, namespace] = ['name', 'namespace'].map((field) => textOf(present(member(metadata, field)))) as [string, string];
  const [labels, annotations] = ['labels', 'annotations'].map((field) => present(member(metadata, field)));
  const isGiven = [present(member(node, 'apiVersion')), present(member(node, 'kind')), present(member(metadata, 'name')), present(member(metadata, 'namespace')), labels, annotations];
  if (!isGiven.some(Boolean)) throw new Error('missing Resource metadata');
  const shown = `{{${apiVersion} ${kind}} {{${name} ${namespace}} ${mapText(labels)} ${mapText(annotations)}}}`;
  if (kind === '') throw new Error(`missing kind in object ${shown}`);
  if (!kind.endsWith('List') && name === '') throw new Error(`missing metadata.name in object ${shown}`);
}

const present = (node: YamlNode | undefined): YamlNode | undefined => (isNullOrEmpty(node) ? undefined : node);

const mapText = (node: YamlNode | undefined): string =>
  formatValue(node?.kind === 'mapping' ? Object.fromEntries([...entries(node)].map(([key, value]) => [textOf(key), textOf(value)])) : {});

/** Lists of any kind are replaced by their items, which come last. Source: inlineAnyEmbeddedLists of kustomize. */
function withoutLists(nodes: readonly YamlNode[]): YamlNode[] {
  const queue = [...nodes];
  const flat: YamlNode[] = [];
  for (let node = queue.shift(); node; node = queue.shift()) {
    const items = listItems(node);
    if (items) queue.push(...items);
    else flat.push(node);
  }
  return flat;
}

function listItems(node: YamlNode): YamlNode[] | undefined {
  const kind = textOf(member(node, 'kind'));
  if (!kind.endsWith('List')) return undefined;
  const map = decoded(node, kind) as Record<string, unknown>;
  if (!Object.hasOwn(map, 'items')) return undefined;
  const { items } = map;
  if (items === null) return [];
  if (!Array.isArray(items)) throw new Error(`expected array in ${kind}/items, but found ${goTypeOf(items)}`);
  return items.flatMap((item) => checked(readNodes(marshalJson(item))));
}

const goTypeOf = (value: unknown): string =>
  typeof value === 'object' ? 'map[string]interface {}' : typeof value === 'boolean' ? 'bool' : typeof value === 'string' ? 'string' : Number.isInteger(value) ? 'int' : 'float64';

function decoded(node: YamlNode, kind: string): unknown {
  try {
    return decodeNode(node);
  } catch (error) {
    throw new Error(`trouble expanding list of ${kind}; received error ${(error as Error).message} for the following resource:\n${writeNode(node)}`);
  }
}

/** The resources of a manifest. Throws what is wrong with it. */
export function readResources(text: string, schemas: Schemas): Resource[] {
  return withoutLists(checked(readNodes(text))).map((node) => new Resource(node, schemas));
}

/** Names the file that is no good YAML. Source: kusterr.Handler of kustomize. */
export function withFile<T>(path: string, act: () => T): T {
  try {
    return act();
  } catch (error) {
    const { message } = error as Error;
    if (/error (?:converting YAML to JSON|unmarshaling JSON)/.test(message)) throw new Error(`YAML file [${path}] encounters a format error.\n${message}\n`);
    throw message.includes('MalformedYAMLError') ? new Error(`${message} in File: ${path}`) : error;
  }
}
