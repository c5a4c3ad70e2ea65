import { editDistance } from '../../api/edit-distance';

const distanceMax = 2;

/** Names that may have been meant, in their order: few edits away, or beginning with what was typed. After cobra. */
export function suggestions(typed: string, names: readonly string[]): string[] {
  const wanted = typed.toLowerCase();
  return names.filter((name) => editDistance(wanted, name.toLowerCase()) <= distanceMax || name.toLowerCase().startsWith(wanted));
}
