import { timestamp, type Clock } from '../../../api/clock';
import { badRequest } from '../../../api/errors';
import type { TokenReviewSpec } from '../../../api/generated/authentication.v1';
import { authenticated } from '../authn/authenticator';
import type { TokenAuthenticator } from '../authn/token';
import type { UserInfo } from '../authn/user';
import type { Hooks } from '../registry/registry';

type Answer = NonNullable<Hooks['answer']>;

/** Who am I? Source: k8s.io/kubernetes/pkg/registry/authentication/selfsubjectreview. */
export const selfSubject = (clock: Clock): Answer => (_review, { user }) =>
  ({ metadata: { creationTimestamp: timestamp(clock.now()) }, status: { userInfo: userInfo(user) } });

/** Whose is this token? Source: k8s.io/kubernetes/pkg/registry/authentication/tokenreview. */
export const tokenReview = (tokens: TokenAuthenticator, apiAudiences: readonly string[]): Answer => ({ spec }) => {
  const { token, audiences } = (spec ?? {}) as TokenReviewSpec;
  if (!token) throw badRequest('token is required for TokenReview in authentication');
  const found = tokens.authenticateToken(token, audiences?.length ? audiences : apiAudiences);
  if (!found) return { spec, status: { user: {}, error: 'invalid bearer token' } };
  return { spec, status: { authenticated: true, user: userInfo(authenticated(found.user)), ...(found.audiences && { audiences: found.audiences }) } };
};

const userInfo = ({ name, uid, groups, extra }: UserInfo) => ({ username: name, ...(uid && { uid }), groups, ...(extra && { extra }) });
