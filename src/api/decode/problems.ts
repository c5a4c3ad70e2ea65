const pathOf = (problem: string) => /"(.*)"$/.exec(problem)?.[1]?.split(/[.[\]]+/) ?? [];

/**
 * Strict decoding errors in the order in which Go finds them in a document whose keys are sorted, as those are that it
 * made of YAML or of an object and a patch.
 */
export function inKeyOrder(problems: readonly string[]): string[] {
  if (problems.length < 2) return [...problems];
  return problems.map((problem) => ({ problem, path: pathOf(problem) })).sort((a, b) => comparePaths(a.path, b.path)).map(({ problem }) => problem);
}

function comparePaths(a: readonly string[], b: readonly string[]): number {
  const at = a.findIndex((name, index) => name !== b[index]);
  if (at < 0 || b[at] === undefined) return a.length - b.length;
  const [one, other] = [a[at]!, b[at]!];
  if (/^\d+$/.test(one) && /^\d+$/.test(other)) return Number(one) - Number(other);
  return one < other ? -1 : 1;
}
