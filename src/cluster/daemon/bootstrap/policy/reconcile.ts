import type { ClusterRole, ClusterRoleBinding, Role, RoleBinding, Subject } from '../../../../api/generated/rbac.v1';
import { deepEqual } from '../../../../api/equal';
import type { KubeObject } from '../../../../api/meta';
import { uncovered } from '../../../apiserver/authz/rbac/covers';

/** What to do to make the stored object give at least what the default one does. */
export type Step<T> = { type: 'nothing' } | { type: 'create' | 'update' | 'replace'; object: T };

const nothing = { type: 'nothing' } as const;

/** Adds what is missing, leaves what was added. Source: k8s.io/component-helpers/auth/rbac/reconciliation. */
export function reconcileRole<T extends Role | ClusterRole>(existing: T | undefined, expected: T): Step<T> {
  if (!existing) return { type: 'create', object: expected };
  if (isProtected(existing)) return nothing;
  const rules = [...(existing.rules ?? []), ...uncovered(existing.rules ?? [], expected.rules ?? [])];
  const object: T = { ...existing, metadata: mergedMeta(existing, expected), rules, ...aggregation(existing, expected) };
  return changed(existing, object, ['metadata', 'aggregationRule']) || rules.length > (existing.rules?.length ?? 0) ? { type: 'update', object } : nothing;
}

/** The role that a binding refers to cannot be changed: a wrong one is replaced. */
export function reconcileBinding<T extends RoleBinding | ClusterRoleBinding>(existing: T | undefined, expected: T): Step<T> {
  if (!existing) return { type: 'create', object: expected };
  if (isProtected(existing)) return nothing;
  if (!deepEqual(existing.roleRef, expected.roleRef)) return { type: 'replace', object: expected };
  const held = existing.subjects ?? [];
  const missing = (expected.subjects ?? []).filter((subject) => !held.some((other) => sameSubject(other, subject)));
  const object: T = { ...existing, metadata: mergedMeta(existing, expected), subjects: [...held, ...missing] };
  return missing.length || changed(existing, object, ['metadata']) ? { type: 'update', object } : nothing;
}

const isProtected = ({ metadata }: KubeObject) => metadata.annotations?.['rbac.authorization.kubernetes.io/autoupdate'] === 'false';

/** What was set by hand wins. */
const mergedMeta = ({ metadata: own }: KubeObject, { metadata: expected }: KubeObject) =>
  ({ ...own, labels: { ...expected.labels, ...own.labels }, annotations: { ...expected.annotations, ...own.annotations } });

function aggregation(existing: ClusterRole, { aggregationRule: expected }: ClusterRole): Pick<ClusterRole, 'aggregationRule'> {
  if (!expected) return existing.aggregationRule ? { aggregationRule: undefined } as never : {};
  const held = existing.aggregationRule?.clusterRoleSelectors ?? [];
  const missing = (expected.clusterRoleSelectors ?? []).filter((selector) => !held.some((other) => deepEqual(other, selector)));
  return { aggregationRule: { clusterRoleSelectors: [...held, ...missing] } };
}

const sameSubject = (a: Subject, b: Subject) =>
  a.kind === b.kind && a.name === b.name && (a.namespace ?? '') === (b.namespace ?? '') && (a.apiGroup ?? '') === (b.apiGroup ?? '');

const changed = <T extends object>(before: T, after: T, fields: readonly string[]): boolean =>
  fields.some((field) => !deepEqual((before as Record<string, unknown>)[field], (after as Record<string, unknown>)[field]));
