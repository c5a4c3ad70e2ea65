import type { Toleration } from '../../../api/generated/core.v1';
import { semanticEqual } from '../../../api/validation';

/** Without those that another one covers; of equal ones the first stays. After MergeTolerations of k8s.io/kubernetes/pkg/util/tolerations. */
export function mergeTolerations(all: readonly Toleration[]): Toleration[] {
  const merged: Toleration[] = [];
  all.forEach((toleration, at) => {
    const later = all.slice(at + 1).some((other) => !semanticEqual(toleration, other) && covers(other, toleration));
    if (!later && !merged.some((other) => covers(other, toleration))) merged.push(toleration);
  });
  return merged;
}

/** Whether one tolerates all that the other does. */
function covers(wide: Toleration, narrow: Toleration): boolean {
  if (semanticEqual(wide, narrow)) return true;
  if ((narrow.key ?? '') !== (wide.key ?? '') && (wide.key || wide.operator !== 'Exists')) return false;
  if (wide.effect && (narrow.effect ?? '') !== wide.effect) return false;
  if (wide.effect === 'NoExecute' && wide.tolerationSeconds !== undefined && (narrow.tolerationSeconds ?? Infinity) > wide.tolerationSeconds) return false;
  return wide.operator === 'Exists' || (narrow.operator === 'Equal' && (narrow.value ?? '') === (wide.value ?? ''));
}
