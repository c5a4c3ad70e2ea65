import { chomping, indentHint, lineBreak } from '../scalar';
import { entries, tags, type YamlNode } from './node';
import { escapeDouble, scalarForm, writtenTag, type ScalarContext } from './scalar-form';

const margin = (indent: number) => ' '.repeat(indent);

/** A node as kyaml writes it: members in their order, lists at their key's column, lines of any length. Source: yaml.v3's emitter. */
export function writeNode(node: YamlNode): string {
  const text = isBlock(node) ? block(node, 0) : inline(node, 0, { flow: false, key: false });
  return text.endsWith('\n') ? text : `${text}\n`;
}

const isBlock = (node: YamlNode) => node.kind !== 'scalar' && !node.flow && node.content.length > 0 && !writtenTag(node);

/** The lines of a collection, the first without its margin. */
function block(node: YamlNode, indent: number): string {
  const lines = node.kind === 'sequence' ? node.content.map((item) => `-${child(item, indent, indent + 2, ' ')}`)
    : [...entries(node)].map(([key, value]) => member(key, value, indent));
  return lines.map((line) => (line.endsWith('\n') ? line : `${line}\n`)).join(margin(indent));
}

function member(key: YamlNode, value: YamlNode, indent: number): string {
  const below = value.kind === 'sequence' ? indent : indent + 2;
  if (isLongKey(key)) return `?${child(key, indent, indent + 2, ' ')}\n${margin(indent)}:${child(value, indent, indent + 2, ' ')}`.replace(/\n\n/, '\n');
  return `${inline(key, indent, { flow: false, key: true })}:${child(value, indent, below, `\n${margin(below)}`)}`;
}

/** What stands behind an indicator. `opening`: what comes between it and a collection in block style, which begins at `below`. */
function child(node: YamlNode, indent: number, below: number, opening: string): string {
  if (isBlock(node)) return `${opening}${block(node, below)}`;
  const text = inline(node, indent + 2, { flow: false, key: false });
  return text && ` ${text}`;
}

const isLongKey = (key: YamlNode) =>
  (key.kind === 'scalar' ? lineBreak.test(key.value) || Buffer.byteLength(key.value) > 128 : key.content.length > 0);

const tagText = (tag: string) => (tag === '' ? '' : tag.startsWith('!') ? `${tag} ` : `!<${tag}> `);

/** On one line, but for the text of a block scalar. */
function inline(node: YamlNode, indent: number, context: ScalarContext): string {
  if (node.kind === 'scalar') return scalar(node, indent, context);
  const tag = tagText(writtenTag(node));
  const inner = { flow: true, key: false };
  if (!node.flow && node.content.length > 0 && tag) return `${tag.trimEnd()}\n${margin(indent)}${block({ ...node, tag: tags.none } as YamlNode, indent)}`;
  if (node.kind === 'sequence') return `${tag}[${node.content.map((item) => inline(item, indent, inner)).join(', ')}]`;
  const members = [...entries(node)].map(([key, value]) => flowMember(key, value, indent));
  return `${tag}{${members.join(', ')}}`;
}

function flowMember(key: YamlNode, value: YamlNode, indent: number): string {
  const name = inline(key, indent, { flow: true, key: true });
  return `${isLongKey(key) ? '? ' : ''}${name}: ${inline(value, indent, { flow: true, key: false })}`;
}

function scalar(node: YamlNode, indent: number, context: ScalarContext): string {
  const { tag, style } = scalarForm(node, context);
  const { value } = node;
  const lead = tagText(tag);
  switch (style) {
    case 'plain': return value === '' ? lead.trimEnd() : lead + value;
    case 'single': return `${lead}'${brokenLines(value.replaceAll("'", "''"), indent)}'`;
    case 'double': return `${lead}"${escapeDouble(value)}"`;
    case 'literal': return `${lead}|${indentHint(value)}${chomping(value)}\n${blockLines(value, indent)}`;
    case 'folded': return `${lead}>${indentHint(value)}${chomping(value)}\n${blockLines(unfolded(value), indent)}`;
  }
}

const blockLines = (text: string, indent: number) =>
  text.replace(/^(?=[^\n\u2028\u2029])|(?<=[\n\u2028\u2029])(?=[^\n\u2028\u2029])/g, margin(indent));

/** In quotes, one line break is a space: it takes two to make one. */
const brokenLines = (text: string, indent: number) =>
  text.replace(/[\n\u2028\u2029]+/g, (breaks) => `${breaks.startsWith('\n') ? '\n' : ''}${breaks}${margin(indent)}`);

/** A line break that is to stay in a folded block is written twice, unless the lines are more indented. */
const unfolded = (text: string) => text.replace(/(?<=^|\n)([^ \t\n][^\n]*)\n(?=[^ \t\n])/g, '$1\n\n');
