import type { ScalarStyle } from '../reader/token';
import { edgeSpace, escapable, escape, indicators, lineBreak, notPrintable, sexagesimal, spaceAfterBreak, spaceBeforeBreak } from '../scalar';
import { tags, type YamlNode } from './node';
import { isOldBoolean, tagOfText } from './resolve';

/** Where a scalar is written. */
export interface ScalarContext {
  flow: boolean;
  /** Before a colon on the same line. */
  key: boolean;
}

export interface ScalarForm {
  style: ScalarStyle;
  /** To be written before it; '' for none. */
  tag: string;
}

const flowIndicators = /^[?:]|[,?[\]{}:]/;
/** A block may hold tabs, which no other unquoted text may. */
const unprintableInBlock = new RegExp(notPrintable.source.replace('\\n', '\\n\\t'));

const isPlain = (text: string, { flow }: ScalarContext) =>
  !indicators.test(text) && !edgeSpace.test(text) && !lineBreak.test(text) && !notPrintable.test(text) && !(flow && flowIndicators.test(text));
const isSingle = (text: string) => !notPrintable.test(text) && !spaceBeforeBreak.test(text) && !spaceAfterBreak.test(text);
const isBlock = (text: string) => text !== '' && !text.endsWith(' ') && !spaceBeforeBreak.test(text) && !unprintableInBlock.test(text);

/** The tag that must be written for the node to keep its own, and whether it must be quoted for that. Source: encoder.node of yaml.v3. */
function tagForm({ tag, tagged, style, value, kind }: YamlNode): { tag: string; quoted: boolean } {
  if (tag === tags.none || tagged) return { tag, quoted: false };
  if (kind !== 'scalar') return { tag: tag === (kind === 'mapping' ? tags.map : tags.seq) ? '' : tag, quoted: false };
  if (tag === tags.str && style !== 'plain') return { tag: '', quoted: false };
  if (tagOfText(value) === tag) return { tag: '', quoted: false };
  return tag === tags.str ? { tag: '', quoted: true } : { tag, quoted: false };
}

export const writtenTag = (node: YamlNode): string => tagForm(node).tag;

/** How a scalar node comes out. Sources: encoder.node, yaml_emitter_select_scalar_style of yaml.v3. */
export function scalarForm(node: YamlNode, context: ScalarContext): ScalarForm {
  const { tag, quoted } = tagForm(node);
  let style = node.style;
  if (style === 'plain') style = node.value.includes('\n') ? 'literal' : quoted ? 'double' : 'plain';
  return { tag, style: allowedStyle(node.value, style, context) };
}

function allowedStyle(text: string, wanted: ScalarStyle, context: ScalarContext): ScalarStyle {
  let style = wanted;
  if (context.key && lineBreak.test(text)) style = 'double';
  if (style === 'plain' && !(text === '' ? !context.flow && !context.key : isPlain(text, context))) style = 'single';
  if (style === 'single' && !isSingle(text)) style = 'double';
  if ((style === 'literal' || style === 'folded') && (context.flow || context.key || !isBlock(text))) style = 'double';
  return style;
}

/** The style of a string that has none yet: quoted where it would be read as something else. Source: encoder.stringv of yaml.v3. */
export function styleOfString(text: string): ScalarStyle {
  if (text.includes('\n')) return 'literal';
  return tagOfText(text) === tags.str && !sexagesimal.test(text) && !isOldBoolean(text) ? 'plain' : 'double';
}

/** The text inside double quotes. */
export const escapeDouble = (text: string): string => [...text].map((char) => (escapable.test(char) ? escape(char) : char)).join('');
