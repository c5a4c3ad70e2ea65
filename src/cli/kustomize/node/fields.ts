import { entries, isNonString, isNull, isText, scalarNode, writeNode, type NodeKind, type YamlNode } from '../../../api/yaml/document';

const kindNames: Record<NodeKind, string> = { scalar: 'ScalarNode', mapping: 'MappingNode', sequence: 'SequenceNode' };

/** A node is not of the kind that an operation needs. */
export class WrongKind extends Error {
  override readonly name = 'WrongKind';
  readonly actual: NodeKind;

  constructor(node: YamlNode, expected: NodeKind) {
    super(`wrong node kind: expected ${kindNames[expected]} but got ${kindNames[node.kind]}: node contents:\n${writeNode(node)}`);
    this.actual = node.kind;
  }
}

/** Null is of every kind. */
export function requireKind(node: YamlNode | undefined, kind: NodeKind): void {
  if (!isNull(node) && node.kind !== kind) throw new WrongKind(node, kind);
}

/** The value of a member of a mapping; undefined for any other kind of node. */
export function member(node: YamlNode | undefined, name: string): YamlNode | undefined {
  if (node?.kind !== 'mapping') return undefined;
  for (const [key, value] of entries(node)) if (key.value === name) return value;
  return undefined;
}

/** The same, but throws WrongKind for what is no mapping. Null has no members. */
export function field(node: YamlNode | undefined, name: string): YamlNode | undefined {
  if (isNull(node)) return undefined;
  requireKind(node, 'mapping');
  return member(node, name);
}

/** Names of the members in order, repeated ones too. */
export function fieldNames(node: YamlNode): string[] {
  requireKind(node, 'mapping');
  return [...entries(node)].map(([key]) => key.value);
}

/** Removes a member. Throws WrongKind. */
export function clearField(node: YamlNode, name: string): void {
  requireKind(node, 'mapping');
  for (let i = 0; i < node.content.length; i += 2) {
    if (node.content[i]!.value !== name) continue;
    node.content.splice(i, 2);
    return;
  }
}

/** Text that YAML 1.1 would take for something else gets quotes, unless a style is taken over later. */
function quoteOddText(value: YamlNode): void {
  if (isText(value) && value.style === 'plain' && !value.tagged && isNonString(value.value)) value.style = 'double';
}

/** Puts a value in the place of a scalar's, whose style stays. Throws WrongKind. */
export function setScalar(node: YamlNode, value: YamlNode): void {
  quoteOddText(value);
  requireKind(node, 'scalar');
  if (isNull(value)) return;
  value.takeStyle(node);
  node.become(value);
}

/**
 * Sets a member: one that is there keeps its style, a new one becomes `value` itself. Null removes it, unless `keepNull`.
 * Throws WrongKind. Source: FieldSetter of kyaml.
 */
export function setField(node: YamlNode, name: string, value: YamlNode | undefined, keepNull = false, keyStyle = scalarNode('')): YamlNode | undefined {
  if (value) quoteOddText(value);
  if (value === undefined || (isNull(value) && !keepNull)) return void clearField(node, name);
  const present = field(node, name);
  if (present) {
    value.takeStyle(present);
    present.become(value);
    return present;
  }
  const key = scalarNode(name);
  key.takeStyle(keyStyle);
  node.content.push(key, value);
  return value;
}

/** A setter for many places, which share one new node. `name` '' sets a scalar itself. Source: filtersutil.SetEntry. */
export function entrySetter(name: string, value: string, tag = ''): (node: YamlNode) => void {
  const shared = scalarNode(value, tag);
  return (node) => void (name === '' ? setScalar(node, shared) : setField(node, name, shared));
}

/** What a scalar holds as text; '' for null. */
export const textOf = (node: YamlNode | undefined): string => (isNull(node) ? '' : node.value);
