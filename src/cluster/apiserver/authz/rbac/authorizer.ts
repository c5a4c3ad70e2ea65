import type { PolicyRule, RoleRef } from '../../../../api/generated/rbac.v1';
import type { Store } from '../../../store';
import type { UserInfo } from '../../authn/user';
import { noOpinion, type Attributes, type Authorizer, type Decision, type UserRules } from '../authorizer';
import { Policy, prefix, type Grant } from './policy';
import { ruleAllows } from './rule';

/**
 * Role based access control over the stored roles and bindings, which are read with the first question and followed
 * from then on: the loops and administrators of a cluster never ask one.
 * Source: k8s.io/kubernetes/plugin/pkg/auth/authorizer/rbac.
 */
export class RbacAuthorizer implements Authorizer {
  #policy: Policy | undefined;

  constructor(private readonly store: Store) {}

  authorize(user: UserInfo, attributes: Attributes): Decision {
    const policy = this.policy();
    const missing = new Set<string>();
    let source: string | undefined;
    policy.visit(user, attributes.resource?.namespace ?? '', (grant) => {
      const rules = policy.rulesOf(grant.roleRef, grant.namespace);
      if (!rules) missing.add(notFoundText(grant));
      else if (rules.some((rule) => ruleAllows(rule, attributes))) source = grant.source;
      return source !== undefined;
    });
    if (source !== undefined) return { allowed: true, reason: `RBAC: allowed by ${source}` };
    return missing.size ? { allowed: false, reason: `RBAC: ${aggregate([...missing])}` } : noOpinion;
  }

  rulesFor(user: UserInfo, namespace: string): UserRules {
    const policy = this.policy();
    const rules: PolicyRule[] = [];
    const errors: string[] = [];
    const seen = new Set<string>();
    policy.visit(user, namespace, (grant) => {
      if (seen.has(grant.binding)) return false;
      seen.add(grant.binding);
      const granted = policy.rulesOf(grant.roleRef, grant.namespace);
      if (granted) rules.push(...granted);
      else errors.push(notFoundText(grant));
      return false;
    });
    return { rules, errors };
  }

  /** Undefined when there is no such role. */
  rulesOf(roleRef: RoleRef, bindingNamespace: string): readonly PolicyRule[] | undefined {
    return this.policy().rulesOf(roleRef, bindingNamespace);
  }

  private policy(): Policy {
    return (this.#policy ??= followed(this.store));
  }
}

/** Reads and watches without a gap between: both are synchronous. The watch ends with the store. */
function followed(store: Store): Policy {
  const policy = new Policy();
  const { entries, revision } = store.list(prefix);
  for (const { key, object } of entries) policy.put(key, object);
  store.watch(prefix, revision, (events) => {
    for (const { type, entry } of events) {
      if (type === 'DELETE') policy.remove(entry.key);
      else policy.put(entry.key, entry.object);
    }
  });
  return policy;
}

const notFoundText = ({ roleRef: { kind, name } }: Grant) => `${kind.toLowerCase()}.rbac.authorization.k8s.io ${JSON.stringify(name)} not found`;

/** Source of the form: utilerrors.Aggregate. */
const aggregate = (texts: readonly string[]) => (texts.length === 1 ? texts[0]! : `[${texts.join(', ')}]`);
