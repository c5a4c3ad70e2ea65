import { compareTexts, orderFirst, orderLast, rankIn, sortText } from '../field-spec/order';
import { equalGvk, gvkText, type Gvk } from '../ids/gvk';
import type { SortConfig } from '../config/types';
import type { ResId } from '../ids/res-id';
import type { Transform } from './transformer';

/** Puts resources into the order that a kustomization asks for, by default that of kinds. Throws for orders that there are not. */
export function sortTransform(options: SortConfig): Transform {
  return (resources) => {
    const { order = '', legacySortOptions } = options;
    if (order !== 'legacy' && order !== 'fifo') throw new Error("the field 'sortOptions.order' must be one of [fifo, legacy]");
    if (order === 'fifo') {
      if (legacySortOptions) throw new Error("the field 'sortOptions.legacySortOptions' is set but the selected sort order is 'fifo', not 'legacy'");
      return;
    }
    const first = legacySortOptions ? (legacySortOptions.orderFirst ?? []) : orderFirst;
    const last = legacySortOptions ? (legacySortOptions.orderLast ?? []) : orderLast;
    resources.list = resources.list
      .map((resource) => ({ resource, id: resource.id }))
      .sort((a, b) => compareIds(a.id, b.id, first, last))
      .map(({ resource }) => resource);
  };
}

function compareIds(a: ResId, b: ResId, first: readonly string[], last: readonly string[]): number {
  if (!equalGvk(a, b)) return rankIn(a.kind, first, last) - rankIn(b.kind, first, last) || compareVersions(a, b);
  return compareTexts(idText(a), idText(b));
}

/** Kubernetes' own Namespace comes before others that are called so. */
function compareVersions(a: Gvk, b: Gvk): number {
  const isReversed = a.kind === 'Namespace' && b.kind === 'Namespace' && (!a.group || !b.group);
  return (isReversed ? -1 : 1) * compareTexts(sortText(a), sortText(b));
}

const idText = (id: ResId) => `${gvkText(id)}|${id.namespace || '~X'}|${id.name || '~N'}`;
