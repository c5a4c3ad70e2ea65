import { isNull, scalarNode, collectionNode, writeNode, type NodeKind, type YamlNode } from '../../../api/yaml/document';
import { compileRegExp, type GoRegExp } from '../../../api/go/regexp';
import { field, member, requireKind, setField } from './fields';
import { emptyNode, isIndex, isListIndex, kindBefore, splitListIndex } from './lookup';

/**
 * All nodes at a path of field names, indexes, `*` and `[name=regular expression]`. With `create`, what is missing is made, the last being of
 * that kind. Throws WrongKind, and for indexes beyond the list. Source: PathMatcher of kyaml.
 */
export function matchPath(node: YamlNode, path: readonly string[], create: NodeKind | undefined): YamlNode[] {
  const [part, ...rest] = path;
  if (part === undefined) return [node];
  if (isIndex(part)) return atIndex(node, Number(part), rest, create);
  if (isListIndex(part)) return matchItems(node, part, rest, create);
  if (part === '*') return items(node).flatMap((item) => matchPath(item, rest, create));
  return inField(node, part, rest, create);
}

function items(node: YamlNode): YamlNode[] {
  requireKind(node, 'sequence');
  return [...node.content];
}

function inField(node: YamlNode, name: string, rest: readonly string[], create: NodeKind | undefined): YamlNode[] {
  let found = field(node, name);
  if (!found && create) {
    found = emptyNode(kindBefore(rest[0], create));
    setField(node, name, found);
  }
  return found ? matchPath(found, rest, create) : [];
}

function atIndex(node: YamlNode, index: number, rest: readonly string[], create: NodeKind | undefined): YamlNode[] {
  const list = items(node);
  if (create && list.length === index) node.content.push(emptyNode(kindBefore(rest[0], create)));
  const item = node.content[index];
  if (isNull(node) || !item) throw new Error(`index ${index} specified but only ${list.length} elements found`);
  return matchPath(item, rest, create);
}

/** Items that have a member, or are text, that the expression matches somewhere. The text is as it is written, quotes and all. */
function matchItems(node: YamlNode, part: string, rest: readonly string[], create: NodeKind | undefined): YamlNode[] {
  const { name, value } = splitListIndex(part);
  // Compiled when first needed: upstream minds a wrong expression only where there is something to match.
  let expression: GoRegExp | undefined;
  const matches = (candidate: YamlNode | undefined) => candidate !== undefined && (expression ??= compileRegExp(value)).test(writeNode(candidate).trim());
  const find = () => (name === '' ? items(node).filter(matches)
    : items(node).filter((item) => matches(member(item, name))).flatMap((item) => matchPath(item, rest, create)));
  const found = find();
  if (found.length || !create) return found;
  node.content.push(name === '' ? scalarNode(value) : collectionNode('mapping', [scalarNode(name), scalarNode(value)]));
  const made = find();
  if (!made.length) throw new Error(`failed to create element for "${part}"`);
  return made;
}
