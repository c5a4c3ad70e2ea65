/** What is set and what is removed. */
export interface Changes {
  set: Readonly<Record<string, string>>;
  remove: readonly string[];
}

/** The arguments before the first `KEY=VALUE` or `KEY-`, and those from there on. Throws when one stands behind. After cmdutil.GetResourcesAndPairs. */
export function resourcesAndPairs(args: readonly string[], word: string): { resources: string[]; pairs: string[] } {
  const isPair = (arg: string) => arg.indexOf('=') > 0 || (arg.endsWith('-') && arg !== '-');
  const first = args.findIndex(isPair);
  if (first < 0) return { resources: [...args], pairs: [] };
  const stray = args.slice(first).find((arg) => !isPair(arg));
  if (stray !== undefined) throw new Error(`all resources must be specified before ${word} changes: ${stray}`);
  return { resources: args.slice(0, first), pairs: args.slice(first) };
}

export const splitAtEquals = (pair: string): [key: string, value: string] => [pair.slice(0, pair.indexOf('=')), pair.slice(pair.indexOf('=') + 1)];
