export const rbacGroup = 'rbac.authorization.k8s.io';

/** Resource and type of a kind of this group. */
export const rbac = (kind: string, plural: string, namespaced: boolean) => ({
  resource: { group: rbacGroup, version: 'v1', plural, namespaced }, type: `io.k8s.api.rbac.v1.${kind}`,
});
