import { editDistance } from '../../api/edit-distance';

/** What is called most nearly so; undefined when nothing is. Half of the letters may be wrong, but no more than three. */
export function nearest(typed: string, names: Iterable<string>): string | undefined {
  const wanted = typed.toLowerCase();
  let best: string | undefined;
  let bestDistance = Math.min(3, Math.max(1, Math.floor(wanted.length / 2))) + 1;
  for (const name of names) {
    const distance = editDistance(wanted, name.toLowerCase());
    if (distance < bestDistance) [best, bestDistance] = [name, distance];
  }
  return best;
}

export const meant = (name: string | undefined): string | undefined => name && `did you mean ${name}?`;
