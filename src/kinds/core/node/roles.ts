import type { Node } from '../../../api/generated/core.v1';

const rolePrefix = 'node-role.kubernetes.io/';
const roleLabel = 'kubernetes.io/role';

/** Roles are labels: `node-role.kubernetes.io/<role>` with any value, or `kubernetes.io/role=<role>`. */
export function nodeRoles(node: Node): string[] {
  const roles = new Set<string>();
  for (const [key, value] of Object.entries(node.metadata.labels ?? {})) {
    if (key.startsWith(rolePrefix)) roles.add(key.slice(rolePrefix.length));
    else if (key === roleLabel) roles.add(value);
  }
  roles.delete('');
  return [...roles].sort();
}
