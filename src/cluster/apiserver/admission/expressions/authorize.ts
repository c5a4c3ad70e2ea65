import type { AccessQuery, Authorize } from '../../../../api/cel/functions/authorizer';
import type { UserInfo } from '../../authn/user';
import type { Authorizer } from '../../authz/authorizer';

/** Answers what expressions ask about a user, or about a service account instead. Source: k8s.io/apiserver/pkg/cel/library/authz.go. */
export const authorizeAs = (authorizer: Authorizer, user: UserInfo): Authorize => ({ verb, serviceAccount, path = '', resource }) => {
  const who = serviceAccount ? serviceAccountUser(serviceAccount) : user;
  if (!resource) return authorizer.authorize(who, { verb, path });
  const { group, resource: plural, subresource, namespace, name } = resource;
  return authorizer.authorize(who, { verb, path, resource: {
    group, version: '*', resource: plural, ...(subresource && { subresource }), ...(namespace && { namespace }), ...(name && { name }),
  } });
};

const serviceAccountUser = ({ namespace, name }: NonNullable<AccessQuery['serviceAccount']>): UserInfo => ({
  name: `system:serviceaccount:${namespace}:${name}`, groups: ['system:serviceaccounts', `system:serviceaccounts:${namespace}`],
});
