import { deepEqual } from '../equal';
import type { AggregationRule, ClusterRole, ClusterRoleBinding, PolicyRule, Role, RoleBinding, Subject } from '../generated/rbac.v1';
import type { KubeObject } from '../meta';
import { uncovered } from './covers';

/** What makes the object that is there give what is expected. */
export interface Reconciled<T, Item> {
  readonly operation: 'none' | 'create' | 'update' | 'recreate';
  /** The object opted out by its annotation: tell, but do nothing. */
  readonly isProtected: boolean;
  readonly object: T;
  readonly missing: readonly Item[];
  /** What is there and not expected; it goes only where that was asked for. */
  readonly extra: readonly Item[];
}

/** Source: k8s.io/component-helpers/auth/rbac/reconciliation. */
export function reconcileRole<T extends Role | ClusterRole>(existing: T | undefined, expected: T, removeExtra = false): Reconciled<T, PolicyRule> {
  if (!existing) return { operation: 'create', isProtected: false, object: expected, missing: expected.rules ?? [], extra: [] };
  const [held, wanted] = [existing.rules ?? [], expected.rules ?? []];
  const missing = uncovered(held, wanted);
  const extra = aggregationOf(existing) && aggregationOf(expected) ? [] : uncovered(wanted, held);
  const rules = chosen(held, wanted, missing, extra, removeExtra);
  const object = { ...existing, metadata: mergedMeta(existing, expected), ...(rules && { rules }), ...aggregation(existing, expected, removeExtra) };
  return { operation: operationFor(existing, object), isProtected: isProtected(existing), object, missing, extra };
}

/** The role that a binding refers to cannot be changed: a binding to another one is made anew. Same source. */
export function reconcileBinding<T extends RoleBinding | ClusterRoleBinding>(existing: T | undefined, expected: T, removeExtra = false): Reconciled<T, Subject> {
  if (!existing) return { operation: 'create', isProtected: false, object: expected, missing: expected.subjects ?? [], extra: [] };
  if (!deepEqual(existing.roleRef, expected.roleRef)) {
    return { operation: 'recreate', isProtected: isProtected(existing), object: expected, missing: [], extra: [] };
  }
  const [held, wanted] = [existing.subjects ?? [], expected.subjects ?? []];
  const missing = without(wanted, held);
  const extra = without(held, wanted);
  const subjects = chosen(held, wanted, missing, extra, removeExtra);
  const object = { ...existing, metadata: mergedMeta(existing, expected), ...(subjects && { subjects }) };
  return { operation: operationFor(existing, object), isProtected: isProtected(existing), object, missing, extra };
}

/** The items that the object shall have; undefined when they stay as they are. */
function chosen<Item>(held: readonly Item[], wanted: readonly Item[], missing: readonly Item[], extra: readonly Item[], removeExtra: boolean): Item[] | undefined {
  if (removeExtra) return missing.length || extra.length ? [...wanted] : undefined;
  return missing.length ? [...held, ...missing] : undefined;
}

const isProtected = ({ metadata }: KubeObject) => metadata.annotations?.['rbac.authorization.kubernetes.io/autoupdate'] === 'false';

const operationFor = (before: object, after: object) => (deepEqual(before, after) ? 'none' : 'update');

/** What was set by hand wins. */
function mergedMeta({ metadata: own }: KubeObject, { metadata: expected }: KubeObject): KubeObject['metadata'] {
  const merged = (field: 'labels' | 'annotations') => (own[field] ?? expected[field] ? { [field]: { ...expected[field], ...own[field] } } : {});
  return { ...own, ...merged('labels'), ...merged('annotations') };
}

const aggregationOf = (role: Role | ClusterRole): AggregationRule | undefined => ('aggregationRule' in role ? role.aggregationRule : undefined);

function aggregation(existing: Role | ClusterRole, expected: Role | ClusterRole, removeExtra: boolean): { aggregationRule?: AggregationRule | undefined } {
  const [before, after] = [aggregationOf(existing), aggregationOf(expected)];
  if (!after) return before ? { aggregationRule: undefined } : {};
  const [held, wanted] = [before?.clusterRoleSelectors ?? [], after.clusterRoleSelectors ?? []];
  const clusterRoleSelectors = chosen(held, wanted, without(wanted, held), without(held, wanted), removeExtra);
  return clusterRoleSelectors ? { aggregationRule: { clusterRoleSelectors } } : {};
}

/** Each once. */
function without<Item extends object>(items: readonly Item[], others: readonly Item[]): Item[] {
  return items.filter((item, index) => !others.some((other) => isSame(item, other)) && items.findIndex((each) => isSame(each, item)) === index);
}

const withoutEmpty = (item: object) => Object.fromEntries(Object.entries(item).filter(([, value]) => value !== ''));
const isSame = (a: object, b: object) => deepEqual(withoutEmpty(a), withoutEmpty(b));
