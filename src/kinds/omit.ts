/** Without members that are 0, '' or undefined, as Go's `omitempty` writes them. */
export function omitZero<T extends object>(object: T): Partial<T> {
  return Object.fromEntries(Object.entries(object).filter(([, value]) => value !== 0 && value !== '' && value !== undefined)) as Partial<T>;
}

/** Without these members. */
export function omit<V>(record: Readonly<Record<string, V>> | undefined, ...names: readonly string[]): Record<string, V> {
  return Object.fromEntries(Object.entries(record ?? {}).filter(([name]) => !names.includes(name)));
}
