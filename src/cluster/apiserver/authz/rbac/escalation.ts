import { deepEqual } from '../../../../api/equal';
import { forbidden, notFound } from '../../../../api/errors';
import type { ClusterRole, PolicyRule, RoleBinding, RoleRef } from '../../../../api/generated/rbac.v1';
import type { Unstructured } from '../../../../api/meta';
import type { UserInfo } from '../../authn/user';
import type { AdmissionPlugin, AdmissionRequest } from '../../registry/registry';
import type { Authorizer } from '../authorizer';
import { superusers } from '../built-in';
import type { RbacAuthorizer } from './authorizer';
import { compact, quoted, ruleText, uncovered } from '../../../../api/rbac';

const group = 'rbac.authorization.k8s.io';
const everything: readonly PolicyRule[] = [{ verbs: ['*'], apiGroups: ['*'], resources: ['*'] }, { verbs: ['*'], nonResourceURLs: ['*'] }];

/**
 * Nobody grants what they may not do themselves, unless they may `escalate` a role or `bind` to it.
 * Source: k8s.io/kubernetes/pkg/registry/rbac/*\/policybased and escalation_check.go.
 */
export function noEscalation(authorizer: Authorizer, rbac: RbacAuthorizer): AdmissionPlugin {
  return {
    name: 'RBACEscalation',
    operations: ['CREATE', 'UPDATE'],
    admit(request) {
      const { kind, object, old, context: { user } } = request;
      if (kind.group !== group || !object || user.groups.includes(superusers)) return;
      if (old && isCollectorsChange(object, old)) return;
      if (kind.plural.endsWith('bindings')) assertBinding(authorizer, rbac, request, object as unknown as RoleBinding);
      else assertRole(authorizer, rbac, request, object as unknown as ClusterRole);
    },
  };
}

/** Only what the garbage collector writes: owners and finalizers. */
function isCollectorsChange(object: Unstructured, old: Unstructured): boolean {
  const { ownerReferences, finalizers, managedFields } = old.metadata;
  return deepEqual({ ...object, metadata: { ...object.metadata, ownerReferences, finalizers, managedFields } }, { ...old, metadata: { ...old.metadata, ownerReferences, finalizers, managedFields } });
}

function assertRole(authorizer: Authorizer, rbac: RbacAuthorizer, request: AdmissionRequest, role: ClusterRole): void {
  const { kind, namespace, name, operation, old, context: { user } } = request;
  const escalate = { path: '', verb: 'escalate', resource: { group, version: '*', resource: kind.plural, ...(namespace && { namespace }), ...(operation === 'UPDATE' && { name }) } };
  if (authorizer.authorize(user, escalate).allowed) return;
  const held = rbac.rulesFor(user, namespace ?? '');
  const why = escalation(user, held, role.rules ?? []);
  if (why) throw forbidden(kind, name, why);
  if (!aggregates(role) && !aggregates(old as ClusterRole | undefined)) return;
  if (uncovered(held.rules, everything).length) throw forbidden(kind, name, 'must have cluster-admin privileges to use the aggregationRule');
}

const aggregates = (role: ClusterRole | undefined) => Boolean(role?.aggregationRule?.clusterRoleSelectors?.length);

function assertBinding(authorizer: Authorizer, rbac: RbacAuthorizer, { kind, namespace = '', name, context: { user } }: AdmissionRequest, { roleRef }: RoleBinding): void {
  if (authorizer.authorize(user, { path: '', verb: 'bind', resource: referenced(roleRef, namespace) }).allowed) return;
  const rules = rbac.rulesOf(roleRef, namespace);
  if (!rules) throw notFound({ group, plural: roleRef.kind === 'Role' ? 'roles' : 'clusterroles' }, roleRef.name);
  const why = escalation(user, rbac.rulesFor(user, namespace), rules);
  if (why) throw forbidden(kind, name, why);
}

const referenced = (roleRef: RoleRef, namespace: string) => ({
  group: roleRef.apiGroup, version: '*', resource: roleRef.kind === 'Role' ? 'roles' : 'clusterroles', name: roleRef.name, ...(namespace && { namespace }),
});

/** Wording: ConfirmNoEscalation. Undefined when all of it is held. */
function escalation({ name, groups }: UserInfo, { rules, errors }: ReturnType<RbacAuthorizer['rulesFor']>, wanted: readonly PolicyRule[]): string | undefined {
  const missing = uncovered(rules, wanted);
  if (!missing.length) return undefined;
  const texts = [...new Set(compact(missing).map(ruleText))].sort();
  const unresolved = errors.length ? `; resolution errors: [${errors.join(', ')}]` : '';
  return `user ${JSON.stringify(name)} (groups=${quoted(groups)}) is attempting to grant RBAC permissions not currently held:\n${texts.join('\n')}${unresolved}`;
}
