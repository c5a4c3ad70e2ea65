import type { SelfSubjectAccessReviewSpec } from '../../../api/generated/authorization.v1';
import type { UserInfo } from '../authn/user';
import type { Authorizer } from '../authz/authorizer';
import type { Hooks } from '../registry/registry';
import type { RequestInfo } from '../http/request-info';

/** By `group/plural`. */
export const reviewHooks = (authorizers: readonly Authorizer[]): [string, Hooks][] => [
  ['authentication.k8s.io/selfsubjectreviews', { answer: (_review, { user }) => ({ status: { userInfo: userInfo(user) } }) }],
  ['authorization.k8s.io/selfsubjectaccessreviews', {
    answer: ({ spec }, { user }) => ({ spec, status: { allowed: isAllowed(authorizers, user, requestOf(spec as SelfSubjectAccessReviewSpec)) } }),
  }],
  ['authorization.k8s.io/selfsubjectrulesreviews', { answer: (_review, { user }) => ({ spec: {}, status: rulesOf(authorizers, user) }) }],
];

function userInfo({ name, uid, groups, extra }: UserInfo) {
  return { username: name, ...(uid && { uid }), groups, ...(extra && { extra }) };
}

const isAllowed = (authorizers: readonly Authorizer[], user: UserInfo, request: RequestInfo) =>
  authorizers.some((authorizer) => authorizer.authorize(user, request) === 'allow');

const query = new URLSearchParams();

function requestOf({ resourceAttributes: of, nonResourceAttributes: path }: SelfSubjectAccessReviewSpec): RequestInfo {
  if (!of) return { path: path?.path ?? '', verb: path?.verb ?? '', query };
  const { group = '', version = '', resource = '', subresource, namespace, name, verb = '' } = of;
  return {
    path: '', query, verb,
    resource: { group, version, resource, ...(subresource && { subresource }), ...(namespace && { namespace }), ...(name && { name }) },
  };
}

const discovery = ['/api', '/api/*', '/apis', '/apis/*', '/healthz', '/livez', '/openapi', '/openapi/*', '/readyz', '/version', '/version/'];

/** As far as the rules can be listed: all of an administrator's, and those of everybody. */
function rulesOf(authorizers: readonly Authorizer[], user: UserInfo) {
  const all = isAllowed(authorizers, user, { path: '/*', verb: '*', query });
  const reviews = [['authentication.k8s.io', 'selfsubjectreviews'], ['authorization.k8s.io', 'selfsubjectaccessreviews'], ['authorization.k8s.io', 'selfsubjectrulesreviews']];
  return {
    resourceRules: [
      ...(all ? [{ verbs: ['*'], apiGroups: ['*'], resources: ['*'] }] : []),
      ...reviews.map(([group, resource]) => ({ verbs: ['create'], apiGroups: [group], resources: [resource] })),
    ],
    nonResourceRules: [...(all ? [{ verbs: ['*'], nonResourceURLs: ['*'] }] : []), { verbs: ['get'], nonResourceURLs: discovery }],
    incomplete: false,
  };
}
