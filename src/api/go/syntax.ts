import { Float } from './compare';
import { formatFloat, formatNumber } from './format';
import { quote } from './quote';

/** `%#v` of decoded JSON or YAML, whose maps have keys of type `keyType`: `map[string]interface {}{"a":1}`. */
export function goSyntax(value: unknown, keyType: 'string' | 'interface {}' = 'string'): string {
  if (value === null || value === undefined) return 'interface {}(nil)';
  return syntax(value, keyType);
}

function syntax(value: unknown, keyType: string): string {
  if (value === null || value === undefined) return 'interface {}(nil)';
  if (typeof value === 'string') return quote(value);
  if (typeof value === 'number') return formatNumber(value);
  if (value instanceof Float) return formatFloat(value.value);
  if (Array.isArray(value)) return `[]interface {}{${value.map((item) => syntax(item, keyType)).join(', ')}}`;
  if (typeof value !== 'object') return String(value);
  const map = value as Record<string, unknown>;
  const members = Object.keys(map).sort().map((key) => `${quote(key)}:${syntax(map[key], keyType)}`);
  return `map[${keyType}]interface {}{${members.join(', ')}}`;
}
