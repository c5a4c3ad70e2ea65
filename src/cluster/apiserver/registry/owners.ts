import { deepEqual } from '../../../api/equal';
import type { Unstructured } from '../../../api/meta';
import type { WriteContext } from './context';

/** Names every owner once, and warns who named it more often. In place. Source: dedupOwnerReferencesAndAddWarning. */
export function nameOwnersOnce({ metadata }: Unstructured, context: WriteContext, afterAdmission: boolean): void {
  const owners = (metadata as Partial<Unstructured['metadata']> | undefined)?.ownerReferences;
  if (!owners || owners.length < 2) return;
  const isRepeated = (at: number) => owners.slice(0, at).some((other) => deepEqual(other, owners[at]));
  const repeated = owners.filter((_, at) => isRepeated(at));
  if (!repeated.length) return;
  metadata.ownerReferences = owners.filter((_, at) => !isRepeated(at));
  const when = afterAdmission ? ' after mutating admission happens' : '';
  context.warn(`.metadata.ownerReferences contains duplicate entries${when}; API server dedups owner references in 1.20+, `
    + `and may reject such requests as early as 1.24; please fix your requests; duplicate UID(s) observed: ${repeated.map(({ uid }) => uid).join(', ')}`);
}
