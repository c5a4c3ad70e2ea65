import { Float, Int } from '../go/compare';
import { typeName } from '../go/printf';

/**
 * A value as reflection sees it. `boxed`: it sits in an `interface {}`, as members of maps and lists do; errors name that type.
 * Data that is undefined is no value at all.
 */
export interface Value {
  data: unknown;
  boxed: boolean;
}

export const none: Value = { data: undefined, boxed: false };
export const bare = (data: unknown): Value => ({ data, boxed: false });
export const boxed = (data: unknown): Value => ({ data, boxed: true });

/** Out of its box; a nil in a box is no value. */
export const unboxed = ({ data }: Value): Value => bare(data ?? undefined);

export const isMap = (data: unknown): data is Record<string, unknown> =>
  typeof data === 'object' && data !== null && !Array.isArray(data) && !(data instanceof Float) && !(data instanceof Int);

export const typeOf = ({ data, boxed: isBoxed }: Value): string => (isBoxed ? 'interface {}' : typeName(data));

/** What `if` takes for true. */
export function isTrue({ data }: Value): boolean {
  if (data instanceof Float || data instanceof Int) return data.value !== 0;
  if (Array.isArray(data)) return data.length > 0;
  return isMap(data) ? Object.keys(data).length > 0 : Boolean(data);
}
