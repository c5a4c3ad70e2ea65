import type { YamlNode} from '../../../api/yaml/document';
import { collectionNode, isNull, scalarNode, type NodeKind } from '../../../api/yaml/document';
import { findElement } from './elements';
import { field, requireKind, setField } from './fields';

/** `[name=nginx]`, `[=-jar]`. */
export const isListIndex = (part: string): boolean => part.startsWith('[') && part.endsWith(']');

const integer = /^[-+]?\d+$/;

/** An index from 0. */
export const isIndex = (part: string): boolean => integer.test(part) && Number(part) >= 0;

export function splitListIndex(part: string): { name: string; value: string } {
  const text = part.replace(/\]$/, '').replace(/^\[/, '');
  const at = text.indexOf('=');
  if (at < 0) throw new Error('list path element must contain fieldName=fieldValue for element to match');
  return { name: text.slice(0, at), value: text.slice(at + 1) };
}

/** What must be made for a part, so that the next one fits; the last is of the wanted kind. */
export function kindBefore(next: string | undefined, last: NodeKind): NodeKind {
  if (next === undefined || next === '') return last;
  return isListIndex(next) || isIndex(next) ? 'sequence' : 'mapping';
}

export const emptyNode = (kind: NodeKind): YamlNode => (kind === 'scalar' ? scalarNode('') : collectionNode(kind));

/**
 * The node at a path of field names, indexes (`0`, `-` for the last) and `[name=value]`; undefined when it is not there.
 * With `create`, what is missing is made, the last being of that kind; but no items by index. Throws WrongKind. Source: PathGetter of kyaml.
 */
export function lookup(node: YamlNode | undefined, path: readonly string[], create?: NodeKind): YamlNode | undefined {
  const parts = path.map((part) => part.trim()).filter(Boolean);
  let at = node;
  for (const [i, part] of parts.entries()) {
    if (at === undefined) return undefined;
    at = step(at, part, create && kindBefore(parts[i + 1], create));
  }
  return at;
}

function step(node: YamlNode, part: string, create: NodeKind | undefined): YamlNode | undefined {
  if (integer.test(part)) {
    if (Number(part) < 0) throw new Error(`array index ${Number(part)} cannot be negative`);
    return itemAt(node, Number(part));
  }
  if (part === '-') return itemAt(node, -1);
  if (part === '*') throw new Error('wildcard is not supported in PathGetter');
  if (isListIndex(part)) return element(node, part, create);
  const found = field(node, part);
  if (found || !create || isNull(node)) return found;
  return setField(node, part, emptyNode(create));
}

function itemAt(node: YamlNode, index: number): YamlNode | undefined {
  requireKind(node, 'sequence');
  return node.content.at(index);
}

function element(list: YamlNode, part: string, create: NodeKind | undefined): YamlNode | undefined {
  const { name, value } = splitListIndex(part);
  const found = findElement(list, { keys: [name], values: [value] });
  if (found || !create || isNull(list)) return found;
  const made = name === '' ? scalarNode(value) : collectionNode('mapping', [scalarNode(name), scalarNode(value)]);
  list.content.push(made);
  return made;
}
