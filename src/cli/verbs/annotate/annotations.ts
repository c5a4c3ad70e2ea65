import { splitAtEquals, type Changes } from '../../metadata/pairs';

/** Always free to be overwritten. */
const changeCause = 'kubernetes.io/change-cause';

/** `KEY=VALUE` sets, `KEY-` removes. After cmdutil.ParsePairs; what could be wrong was found when they were told from resources. */
export function parseAnnotations(pairs: readonly string[]): Changes {
  return {
    set: Object.fromEntries(pairs.filter((pair) => pair.includes('=')).map(splitAtEquals)),
    remove: pairs.filter((pair) => !pair.includes('=')).map((pair) => pair.slice(0, -1)),
  };
}

export function checkContradictions({ set, remove }: Changes): void {
  const both = remove.filter((key) => Object.hasOwn(set, key));
  if (both.length) throw new Error(`can not both modify and remove the following annotation(s) in the same command: ${both.join(', ')}`);
}

export function checkOverwrites({ set }: Changes, current: Readonly<Record<string, string>>): void {
  const problems = Object.keys(set)
    .filter((key) => key !== changeCause && Object.hasOwn(current, key) && current[key] !== set[key])
    .map((key) => `'${key}' already has a value (${current[key]})`);
  if (problems.length) throw new Error(`--overwrite is false but found the following declared annotation(s): ${problems.join('; ')}`);
}
