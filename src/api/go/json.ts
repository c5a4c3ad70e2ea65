import { exactJson } from '../exact-json';
import { Float } from './compare';

const unsafe = /[<>&\u2028\u2029]/g;
const escapes: Record<string, string> = { '<': '\\u003c', '>': '\\u003e', '&': '\\u0026', '\u2028': '\\u2028', '\u2029': '\\u2029' };

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== 'object' || value === null) return value;
  if (value instanceof Float) return value.value;
  const map = value as Record<string, unknown>;
  return Object.fromEntries(Object.keys(map).sort().map((key) => [key, sorted(map[key])]));
}

/** encoding/json.Marshal of a map: members sorted, `<`, `>` and `&` escaped. `indent` in spaces, as MarshalIndent. */
export function marshalJson(value: unknown, indent?: number): string {
  return exactJson(sorted(value), indent).replace(unsafe, (char) => escapes[char]!);
}
