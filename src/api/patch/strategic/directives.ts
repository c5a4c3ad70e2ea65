import { badElementOrder, badPrimitiveList } from '../errors';
import { has, isMap, put, type JsonMap } from '../json';

/** `$patch: delete | replace | merge` inside an object. */
export const patchDirective = '$patch';
export const retainKeysDirective = '$retainKeys';
/** Followed by `/` and the name of the list. */
export const deletionsPrefix = '$deleteFromPrimitiveList';
export const elementOrderPrefix = '$setElementOrder';

export const isDeletion = (item: unknown) => isMap(item) && item[patchDirective] === 'delete';
export const hasDirective = (item: unknown) => isMap(item) && has(item, patchDirective);

function listName(directive: string, prefix: string): string | undefined {
  const slash = directive.indexOf('/');
  return slash >= 0 && directive.slice(0, slash) === prefix ? directive.slice(slash + 1) : undefined;
}

export function deletionsOf(directive: string): string {
  const name = listName(directive, deletionsPrefix);
  if (name === undefined) throw badPrimitiveList();
  return name;
}

export function elementOrderOf(directive: string): string {
  const name = listName(directive, elementOrderPrefix);
  if (name === undefined) throw badElementOrder();
  return name;
}

/**
 * A value that is taken whole: objects with a `$patch` in it vanish. Undefined when nothing is left.
 * As upstream, it leaves the other directives where they are; decoding into the kind's fields drops them.
 */
export function withoutDirectives(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutDirectives).filter((item) => item !== undefined);
  if (!isMap(value)) return value;
  if (has(value, patchDirective)) return undefined;
  const result: JsonMap = {};
  for (const key of Object.keys(value)) {
    const kept = withoutDirectives(value[key]);
    if (kept !== undefined) put(result, key, kept);
  }
  return result;
}

/** Objects lose their null members, at any depth; nulls in lists stay. */
export function discardNulls(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(discardNulls);
  if (!isMap(value)) return value;
  const result: JsonMap = {};
  for (const key of Object.keys(value)) if (value[key] !== null) put(result, key, discardNulls(value[key]));
  return result;
}
