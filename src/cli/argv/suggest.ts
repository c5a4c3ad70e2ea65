const distanceMax = 2;

/** Names that may have been meant, in their order: few edits away, or beginning with what was typed. After cobra. */
export function suggestions(typed: string, names: readonly string[]): string[] {
  const wanted = typed.toLowerCase();
  return names.filter((name) => distance(wanted, name.toLowerCase()) <= distanceMax || name.toLowerCase().startsWith(wanted));
}

/** Levenshtein's. */
function distance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      next[j] = a[i - 1] === b[j - 1] ? row[j - 1]! : Math.min(row[j]!, next[j - 1]!, row[j - 1]!) + 1;
    }
    row = next;
  }
  return row[b.length]!;
}
