import { unauthorized } from '../../../api/errors';
import { anonymous, authenticated, type Authenticator } from '../authn/authenticator';
import { impersonated } from '../authn/impersonation';
import type { UserInfo } from '../authn/user';
import { refusal, type Authorizer } from '../authz/authorizer';
import type { Incoming } from './exchange';
import type { RequestInfo } from './request-info';

export interface Access {
  readonly authenticators: readonly Authenticator[];
  readonly authorizer: Authorizer;
}

/** Who makes the request, as whom, and that they may. Throws Unauthorized (also for what nobody in particular may not), Forbidden. */
export async function admitUser({ authenticators, authorizer }: Access, request: Incoming, info: RequestInfo): Promise<UserInfo> {
  const identity = await identify(authenticators, request);
  const user = identity === anonymous ? anonymous : impersonated(request, identity, authorizer);
  const { allowed, reason } = authorizer.authorize(user, info);
  if (allowed) return user;
  throw user === anonymous ? unauthorized() : refusal(user, info, reason);
}

/** Throws Unauthorized for credentials that are wrong; having none makes one anonymous. */
async function identify(authenticators: readonly Authenticator[], request: Incoming): Promise<UserInfo> {
  for (const authenticator of authenticators) {
    const user = await authenticator.authenticate(request);
    if (user) return authenticated(user);
  }
  return anonymous;
}
