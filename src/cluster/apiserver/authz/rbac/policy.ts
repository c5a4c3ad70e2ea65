import type { ClusterRole, PolicyRule, RoleBinding, RoleRef, Subject } from '../../../../api/generated/rbac.v1';
import type { Unstructured } from '../../../../api/meta';
import type { UserInfo } from '../../authn/user';

/** One subject of one binding. */
export interface Grant {
  /** The binding's key: a binding that names a user twice still counts once. */
  readonly binding: string;
  /** Of a RoleBinding; '' of a ClusterRoleBinding. */
  readonly namespace: string;
  readonly roleRef: RoleRef;
  /** `RoleBinding "read/default" of Role "reader" to User "jane"` */
  readonly source: string;
}

type Grants = Map<string, Grant>;

/**
 * Roles and bindings, the latter by whom they concern and where: a question costs what applies to the user, however
 * many bindings there are. Keys are the store's: `rbac.authorization.k8s.io/rolebindings/default/read`.
 */
export class Policy {
  readonly #roles = new Map<string, readonly PolicyRule[]>();
  /** By subject, then namespace, then binding. */
  readonly #grants = new Map<string, Map<string, Grants>>();
  /** What to take out of the above when a binding changes. */
  readonly #indexed = new Map<string, [subject: string, namespace: string][]>();

  put(key: string, object: Unstructured): void {
    const resource = key.split('/')[1]!;
    if (resource === 'roles' || resource === 'clusterroles') this.#roles.set(key, (object as unknown as ClusterRole).rules ?? []);
    if (resource === 'rolebindings' || resource === 'clusterrolebindings') this.#index(key, object as unknown as RoleBinding);
  }

  remove(key: string): void {
    this.#roles.delete(key);
    for (const [subject, namespace] of this.#indexed.get(key) ?? []) this.#grants.get(subject)?.get(namespace)?.delete(key);
    this.#indexed.delete(key);
  }

  #index(key: string, { metadata, roleRef, subjects = [] }: RoleBinding): void {
    this.remove(key);
    const { name, namespace = '' } = metadata;
    const kind = namespace ? `RoleBinding ${JSON.stringify(`${name}/${namespace}`)}` : `ClusterRoleBinding ${JSON.stringify(name)}`;
    const indexed: [string, string][] = [];
    for (const subject of subjects) {
      const whom = subjectKey(subject, namespace);
      if (!whom) continue;
      const source = `${kind} of ${roleRef.kind} ${JSON.stringify(roleRef.name)} to ${subjectText(subject, namespace)}`;
      const grants = ensure(ensure(this.#grants, whom, () => new Map<string, Grants>()), namespace, (): Grants => new Map());
      if (!grants.has(key)) grants.set(key, { binding: key, namespace, roleRef, source });
      indexed.push([whom, namespace]);
    }
    this.#indexed.set(key, indexed);
  }

  /** Undefined when there is no such role. `namespace`: the binding's. */
  rulesOf({ kind, name }: RoleRef, namespace: string): readonly PolicyRule[] | undefined {
    return this.#roles.get(kind === 'Role' ? `${prefix}roles/${namespace}/${name}` : `${prefix}clusterroles/${name}`);
  }

  /** The grants that concern a user in a namespace, those of the whole cluster first, until the visitor returns true. */
  visit({ name, groups }: UserInfo, namespace: string, visitor: (grant: Grant) => boolean): void {
    for (const where of namespace ? ['', namespace] : ['']) {
      if (this.#visitSubject(`User ${name}`, where, visitor)) return;
      for (const group of groups) if (this.#visitSubject(`Group ${group}`, where, visitor)) return;
    }
  }

  #visitSubject(subject: string, namespace: string, visitor: (grant: Grant) => boolean): boolean {
    const grants = this.#grants.get(subject)?.get(namespace);
    if (grants) for (const grant of grants.values()) if (visitor(grant)) return true;
    return false;
  }
}

/** Where the store keeps all that this is made of. */
export const prefix = 'rbac.authorization.k8s.io/';

function subjectKey({ kind, name, namespace }: Subject, bindingNamespace: string): string | undefined {
  if (kind === 'User' || kind === 'Group') return `${kind} ${name}`;
  const where = namespace || bindingNamespace;
  return kind === 'ServiceAccount' && where ? `User system:serviceaccount:${where}:${name}` : undefined;
}

const subjectText = ({ kind, name, namespace }: Subject, bindingNamespace: string) =>
  `${kind} ${JSON.stringify(kind === 'ServiceAccount' ? `${name}/${namespace || bindingNamespace}` : name)}`;

function ensure<K, V>(map: Map<K, V>, key: K, make: () => V): V {
  let value = map.get(key);
  if (value === undefined) map.set(key, (value = make()));
  return value;
}
