import { compileExpression, Meter, types, type Type } from '../../../src/api/cel';
import { jsonValue } from '../../../src/api/cel/values/json';
import { Duration, List, Mapping, Optional, Timestamp, TypeValue, Unsigned, type Value } from '../../../src/api/cel/values/value';
import { durationText, timestampText } from '../../../src/api/cel/values/time';

/** A value as tests write it down. */
export function plain(value: Value): unknown {
  if (typeof value === 'bigint') return Number(value);
  if (value instanceof Unsigned) return `${value.value}u`;
  if (value instanceof Uint8Array) return [...value];
  if (value instanceof List) return [...value].map(plain);
  if (value instanceof Mapping) return Object.fromEntries([...value.keys()].map((key) => [String(plain(key)), plain(value.get(key)!)]));
  if (value instanceof Timestamp) return timestampText(value);
  if (value instanceof Duration) return durationText(value);
  if (value instanceof TypeValue) return `type ${value.name}`;
  return value instanceof Optional ? (value.value === undefined ? 'none' : { some: plain(value.value) }) : value;
}

/** What an expression about `object` gives: its value, or its error as `error: …`. */
export function outcome(expression: string, object: unknown = {}, type: Type = types.dyn, limit?: number): unknown {
  try {
    return plain(compileExpression(expression, new Map([['object', type]])).evaluate(() => jsonValue(object), new Meter(limit)));
  } catch (error) {
    return `error: ${(error as Error).message.replace(/^ERROR: <input>:/, '')}`;
  }
}
