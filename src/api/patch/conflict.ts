import { toYaml } from '../yaml/emit';
import { failed } from './errors';
import type { JsonMap } from './json';

/** The two sides of a conflict, shown as upstream's ErrConflict shows them. */
export const conflict = (patch: JsonMap, current: JsonMap) =>
  failed(`patch:\n${toYaml(patch)}\nconflicts with changes made from original to current:\n${toYaml(current)}\n`);
