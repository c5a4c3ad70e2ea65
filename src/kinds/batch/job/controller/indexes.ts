import type { Pod } from '../../../../api/generated/core.v1';

/** Which index of an Indexed job a pod works on. */
export const indexKey = 'batch.kubernetes.io/job-completion-index';

export function completionIndex({ metadata: { annotations } }: Pod): number | undefined {
  const text = annotations?.[indexKey];
  return text !== undefined && /^[0-9]+$/.test(text) ? Number(text) : undefined;
}

/** `1,3-5,7`: the indexes below `completions` of a list as it stands in a status or a success policy. */
export function parseIndexes(text: string | undefined, completions: number): Set<number> {
  const indexes = new Set<number>();
  for (const part of (text ?? '').split(',').filter(Boolean)) {
    const [first = NaN, last = first] = part.split('-').map(Number);
    for (let index = first; index <= last && index < completions; index++) indexes.add(index);
  }
  return indexes;
}

/** The other way: two in a row stay apart, from three on they are a range. */
export function formatIndexes(indexes: ReadonlySet<number>): string {
  const ranges: [number, number][] = [];
  for (const index of [...indexes].sort((a, b) => a - b)) {
    const last = ranges.at(-1);
    if (last && index === last[1] + 1) last[1] = index;
    else ranges.push([index, index]);
  }
  return ranges.map(([first, last]) => (first === last ? `${first}` : `${first}${last === first + 1 ? ',' : '-'}${last}`)).join(',');
}

/** The first `count` indexes that nobody works on or has worked on. */
export function pendingIndexes(taken: ReadonlySet<number>, count: number, completions: number): number[] {
  const pending: number[] = [];
  for (let index = 0; index < completions && pending.length < count; index++) if (!taken.has(index)) pending.push(index);
  return pending;
}
