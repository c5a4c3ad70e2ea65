/** Throws in cobra's words when one of the flags was not given. */
export function requireFlags(changed: ReadonlySet<string>, names: readonly string[]): void {
  const missing = names.filter((name) => !changed.has(name)).sort();
  if (missing.length) throw new Error(`required flag(s) ${missing.map((name) => JSON.stringify(name)).join(', ')} not set`);
}
