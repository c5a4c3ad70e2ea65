/** Deep equality of JSON values; a member that is undefined counts as absent. */
export function deepEqual(a: unknown, b: unknown): boolean {
  return equal(a, b, (value) => value === undefined);
}

/**
 * Equality as the API means it: absent, null and an empty list are the same; an empty object is not (`emptyDir: {}`).
 * After k8s.io/apimachinery/pkg/api/equality.Semantic, for objects whose quantities and times are canonical.
 */
export function semanticEqual(a: unknown, b: unknown): boolean {
  return equal(a, b, isUnset);
}

const isUnset = (value: unknown) => value === undefined || value === null || (Array.isArray(value) && value.length === 0);

function equal(a: unknown, b: unknown, absent: (value: unknown) => boolean): boolean {
  if (a === b) return true;
  if (absent(a) && absent(b)) return true;
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false;
  if (Array.isArray(a) || Array.isArray(b)) return equalLists(a, b, absent);
  return equalMembers(a as Record<string, unknown>, b as Record<string, unknown>, absent);
}

function equalLists(a: object, b: object, absent: (value: unknown) => boolean): boolean {
  return Array.isArray(a) && Array.isArray(b) && a.length === b.length && a.every((item, at) => equal(item, b[at], absent));
}

function equalMembers(a: Record<string, unknown>, b: Record<string, unknown>, absent: (value: unknown) => boolean): boolean {
  for (const name of Object.keys(a)) {
    if (!equal(a[name], b[name], absent)) return false;
  }
  for (const name of Object.keys(b)) {
    if (!(name in a) && !absent(b[name])) return false;
  }
  return true;
}
