/** `NAME=VALUE` sets, `NAME-` removes. */
export interface Pairs {
  readonly set: readonly (readonly [name: string, value: string])[];
  readonly remove: readonly string[];
}

/** Throws for arguments of another form, in the words of cmdutil.ParsePairs. */
export function parsePairs(texts: readonly string[], flag: string): Pairs {
  const isSet = (text: string) => text.indexOf('=') > 0;
  const isRemoval = (text: string) => !isSet(text) && text.endsWith('-') && text !== '-';
  const invalid = texts.filter((text) => !isSet(text) && !isRemoval(text));
  if (invalid.length) throw new Error(`invalid ${flag} format: ${invalid.join(', ')}`);
  return {
    set: texts.filter(isSet).map((text) => [text.slice(0, text.indexOf('=')), text.slice(text.indexOf('=') + 1)]),
    remove: texts.filter(isRemoval).map((text) => text.slice(0, -1)),
  };
}

/** A list of named values after the changes: those that stay keep their places. */
export function changedPairs(existing: readonly { name: string; value: string }[], { set, remove }: Pairs): { name: string; value: string }[] {
  const kept = existing.filter(({ name }) => !remove.includes(name)).map((entry) => ({ ...entry, value: set.find(([name]) => name === entry.name)?.[1] ?? entry.value }));
  const added = set.filter(([name]) => !kept.some((entry) => entry.name === name)).map(([name, value]) => ({ name, value }));
  return [...kept, ...added];
}
