import { formatFloat } from '../../../api/go/format';
import { quote } from '../../../api/go/quote';
import { GeneralMap } from '../../../api/yaml/document';

/** `%#v` of what yaml.v3 decodes: as goSyntax, but with maps whose keys are no strings. */
export function goNodeSyntax(value: unknown): string {
  if (value === null || value === undefined) return 'interface {}(nil)';
  if (typeof value === 'string') return quote(value);
  if (typeof value === 'number') return Number.isInteger(value) ? String(value) : formatFloat(value);
  if (typeof value === 'bigint') return value > 2n ** 63n - 1n ? `0x${value.toString(16)}` : String(value);
  if (typeof value !== 'object') return String(value as boolean);
  if (Array.isArray(value)) return `[]interface {}{${value.map(goNodeSyntax).join(', ')}}`;
  const isGeneral = value instanceof GeneralMap;
  const members: [unknown, unknown][] = isGeneral ? [...value] : Object.entries(value);
  const texts = members.sort(([a], [b]) => compare(a, b)).map(([key, member]) => `${goNodeSyntax(key)}:${goNodeSyntax(member)}`);
  return `map[${isGeneral ? 'interface {}' : 'string'}]interface {}{${texts.join(', ')}}`;
}

/** Keys of one type by their value; the types after each other. Source: internal/fmtsort of Go. */
const ranks = ['object', 'boolean', 'number', 'bigint', 'string'];

function compare(a: unknown, b: unknown): number {
  const byType = ranks.indexOf(typeof a) - ranks.indexOf(typeof b);
  return byType || ((a as number) < (b as number) ? -1 : (a as number) > (b as number) ? 1 : 0);
}
