/**
 * JSON as Go's encoding/json writes a map: keys sorted, `<`, `>`, `&` and the line separators escaped. With an indent
 * as json.MarshalIndent lays it out, without one as json.Marshal. Structs keep the order of their fields: `keepOrder`.
 */
export function goJson(value: unknown, indent = '', { keepOrder = false } = {}): string {
  return emit(value, { indent, keepOrder }, indent ? '\n' : '');
}

type Layout = { indent: string; keepOrder: boolean };

function emit(value: unknown, layout: Layout, lineBreak: string): string {
  const { indent } = layout;
  if (typeof value === 'string') return goString(value);
  if (typeof value === 'bigint') return String(value);
  if (value === null || typeof value !== 'object') return JSON.stringify(value) ?? 'null';
  const inner = lineBreak + indent;
  const wrap = (parts: string[], open: string, close: string) => (parts.length ? `${open}${inner}${parts.join(`,${inner}`)}${lineBreak}${close}` : open + close);
  if (Array.isArray(value)) return wrap(value.map((item) => emit(item, layout, inner)), '[', ']');
  const colon = indent ? ': ' : ':';
  const entries = Object.entries(value).filter(([, member]) => member !== undefined);
  if (!layout.keepOrder) entries.sort(([a], [b]) => (a < b ? -1 : 1));
  return wrap(entries.map(([key, member]) => `${goString(key)}${colon}${emit(member, layout, inner)}`), '{', '}');
}

const escapes: Record<string, string> = { '<': '\\u003c', '>': '\\u003e', '&': '\\u0026', '\u2028': '\\u2028', '\u2029': '\\u2029' };

function goString(text: string): string {
  const json = JSON.stringify(text);
  return /[<>&\u2028\u2029]/.test(json) ? json.replace(/[<>&\u2028\u2029]/g, (character) => escapes[character]!) : json;
}
