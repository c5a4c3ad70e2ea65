import { ApiError, forbidden } from '../../../api/errors';
import type { UserInfo } from '../authn/user';
import type { RequestInfo } from '../http/request-info';

export type Decision = 'allow' | 'no opinion';

export interface Authorizer {
  authorize(user: UserInfo, request: RequestInfo): Decision;
}

/** The first authorizer that allows decides. Throws Forbidden. */
export function assertAllowed(authorizers: readonly Authorizer[], user: UserInfo, request: RequestInfo): void {
  if (authorizers.some((authorizer) => authorizer.authorize(user, request) === 'allow')) return;
  throw refusal(user, request);
}

/** Wording: responsewriters.Forbidden and its forbiddenMessage. */
function refusal({ name: user }: UserInfo, { verb, path, resource: of }: RequestInfo): ApiError {
  if (!of) return new ApiError('Forbidden', `forbidden: User ${JSON.stringify(user)} cannot ${verb} path ${JSON.stringify(path)}`, {});
  const { group, resource, subresource, namespace, name = '' } = of;
  const what = subresource ? `${resource}/${subresource}` : resource;
  const where = namespace && resource !== 'namespaces' ? `in the namespace ${JSON.stringify(namespace)}` : 'at the cluster scope';
  return forbidden({ group, plural: resource }, name, `User ${JSON.stringify(user)} cannot ${verb} resource ${JSON.stringify(what)} in API group ${JSON.stringify(group)} ${where}`);
}
