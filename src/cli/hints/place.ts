import { splitDocuments } from '../../api/yaml/documents';
import { ReadError } from '../../api/yaml/reader/error';
import type { Node } from '../../api/yaml/reader/node';
import { parseNodes } from '../../api/yaml/reader/parser';
import type { Mark } from '../../api/yaml/reader/token';

/** Both from 1, as editors count. */
export interface Place {
  line: number;
  column: number;
}

interface Document {
  text: string;
  /** Lines of the file before it. */
  lines: number;
}

function* documentsOf(text: string): Generator<Document> {
  let from = 0;
  for (const document of splitDocuments(text)) {
    const at = Math.max(text.indexOf(document.trimEnd(), from), from);
    yield { text: document, lines: text.slice(0, at).split('\n').length - 1 };
    from = at + document.trimEnd().length;
  }
}

const placeOf = ({ lines }: Document, { line, column }: Mark): Place => ({ line: lines + line + 1, column: column + 1 });

/** Where the text stops being YAML. */
export function placeOfBreak(text: string): Place | undefined {
  for (const document of documentsOf(text)) {
    try {
      parseNodes(document.text);
    } catch (error) {
      return error instanceof ReadError ? placeOf(document, error.at) : undefined;
    }
  }
  return undefined;
}

/** Where the member at `path` is written in the first document that has it: `['spec', 'containers', '0', 'image']`; positions in lists may be left out. */
export function placeOfField(text: string, path: readonly string[]): (Place & { document: Node }) | undefined {
  for (const document of documentsOf(text)) {
    const root = nodesOf(document.text);
    const mark = root && find(root, path);
    if (root && mark) return { ...placeOf(document, mark), document: root };
  }
  return undefined;
}

function nodesOf(text: string): Node | undefined {
  try {
    return parseNodes(text);
  } catch {
    return undefined;
  }
}

function find(node: Node, [step, ...rest]: readonly string[]): Mark | undefined {
  if (node.kind === 'sequence') return findItem(node.items, step!, rest);
  if (node.kind !== 'mapping') return undefined;
  for (const [key, value] of node.pairs) {
    if (key.kind !== 'scalar' || key.text !== step) continue;
    const mark = rest.length ? find(value, rest) : key.mark;
    if (mark) return mark;
  }
  return undefined;
}

function findItem(items: readonly Node[], step: string, rest: readonly string[]): Mark | undefined {
  if (/^\d+$/.test(step)) return items[Number(step)] && (rest.length ? find(items[Number(step)]!, rest) : items[Number(step)]!.mark);
  for (const item of items) {
    const mark = find(item, [step, ...rest]);
    if (mark) return mark;
  }
  return undefined;
}

/** The text of a document's own member. */
export function memberOf(document: Node, name: string): string | undefined {
  if (document.kind !== 'mapping') return undefined;
  const [, value] = document.pairs.find(([key]) => key.kind === 'scalar' && key.text === name) ?? [];
  return value?.kind === 'scalar' ? value.text : undefined;
}
