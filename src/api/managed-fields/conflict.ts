import { ApiError } from '../errors';
import { quote } from '../go/quote';
import type { ManagedEntry } from './entries';
import { formatPath, type PathElement } from './path-element';

export interface Conflict {
  readonly entry: ManagedEntry;
  readonly path: readonly PathElement[];
}

/** Fields of the configuration that others manage with other values. */
export class ApplyConflicts extends Error {
  override readonly name = 'ApplyConflicts';

  /** Sorted by manager, not empty. */
  constructor(readonly conflicts: readonly Conflict[]) {
    super('conflicts');
  }
}

export const isApplyConflicts = (error: unknown): error is ApplyConflicts => error instanceof Error && error.name === 'ApplyConflicts';

/** `"kubectl-edit" using apps/v1`. Source: printManager. */
function shownManager({ manager = '', subresource, operation, apiVersion }: ManagedEntry): string {
  const name = subresource ? `${quote(manager)} with subresource ${quote(subresource)}` : quote(manager);
  return operation === 'Update' ? `${name} using ${apiVersion}` : name;
}

/** Wording: getConflictMessage. */
function message(conflicts: readonly Conflict[]): string {
  const [only, ...others] = conflicts;
  if (only && !others.length) return `Apply failed with 1 conflict: conflict with ${shownManager(only.entry)}: ${formatPath(only.path)}`;
  const lines: string[] = [];
  for (const [at, { entry, path }] of conflicts.entries()) {
    if (conflicts[at - 1]?.entry !== entry) lines.push(`conflicts with ${shownManager(entry)}:`);
    lines.push(`- ${formatPath(path)}`);
  }
  return `Apply failed with ${conflicts.length} conflicts: ${lines.join('\n')}`;
}

/** Source: NewConflictError. */
export const conflictError = ({ conflicts }: ApplyConflicts): ApiError => new ApiError('Conflict', message(conflicts), {
  causes: conflicts.map(({ entry, path }) => ({ reason: 'FieldManagerConflict', message: `conflict with ${shownManager(entry)}`, field: formatPath(path) })),
});
