const isEmpty = (value: unknown) =>
  value === undefined || value === null || (typeof value === 'object' && Object.keys(value).length === 0);

/**
 * Equal as far as the API is concerned: absent, null, `[]` and `{}` are the same, the order of keys does not matter.
 * Source: equality.Semantic.DeepEqual. Quantities are compared as text: decoding has made them canonical.
 */
export function semanticEqual(a: unknown, b: unknown): boolean {
  if (a === b) return true;
  if (isEmpty(a) || isEmpty(b)) return isEmpty(a) && isEmpty(b);
  if (typeof a !== 'object' || typeof b !== 'object') return false;
  if (Array.isArray(a) || Array.isArray(b)) {
    return Array.isArray(a) && Array.isArray(b) && a.length === b.length && a.every((item, i) => semanticEqual(item, b[i]));
  }
  return sameFields(a as Record<string, unknown>, b as Record<string, unknown>);
}

function sameFields(a: Record<string, unknown>, b: Record<string, unknown>): boolean {
  for (const name in a) if (!semanticEqual(a[name], b[name])) return false;
  for (const name in b) if (!(name in a) && !isEmpty(b[name])) return false;
  return true;
}
