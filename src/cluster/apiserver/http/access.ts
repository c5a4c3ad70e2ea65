import { unauthorized } from '../../../api/errors';
import { parseFieldSelector } from '../../../api/selectors';
import { anonymous, authenticated, type Authenticator } from '../authn/authenticator';
import { impersonated } from '../authn/impersonation';
import type { UserInfo } from '../authn/user';
import { refusal, type Attributes, type Authorizer } from '../authz/authorizer';
import type { Incoming } from './exchange';
import type { RequestInfo } from './request-info';

export interface Access {
  readonly authenticators: readonly Authenticator[];
  readonly authorizer: Authorizer;
}

/** Who makes the request. Throws Unauthorized for credentials that are wrong; having none makes one anonymous. */
export async function identify({ authenticators }: Access, request: Incoming): Promise<UserInfo> {
  for (const authenticator of authenticators) {
    const user = await authenticator.authenticate(request);
    if (user) return authenticated(user);
  }
  return anonymous;
}

/** As whom the request is made. Throws Forbidden. */
export const actingUser = ({ authorizer }: Access, request: Incoming, identity: UserInfo): UserInfo =>
  (identity === anonymous ? anonymous : impersonated(request, identity, authorizer));

/** Throws Forbidden, or Unauthorized for what nobody in particular may not. */
export function assertAllowed({ authorizer }: Access, user: UserInfo, info: RequestInfo): void {
  const attributes = attributesOf(info);
  const { allowed, reason } = authorizer.authorize(user, attributes);
  if (allowed) return;
  throw user === anonymous ? unauthorized() : refusal(user, attributes, reason);
}

/** A list or watch of one name is about that one: rules may name it. Source: RequestInfoFactory.NewRequestInfo. */
function attributesOf(info: RequestInfo): Attributes {
  const { verb, query, resource } = info;
  const selector = resource && resource.name === undefined && (verb === 'list' || verb === 'watch') && query.get('fieldSelector');
  const name = selector && pinnedName(selector);
  return name ? { ...info, resource: { ...resource, name } } : info;
}

function pinnedName(selector: string): string | undefined {
  try {
    const name = parseFieldSelector(selector).find(({ field, op }) => field === 'metadata.name' && op === '=')?.value;
    return name && !/[/%]|^\.\.?$/.test(name) ? name : undefined;
  } catch {
    return undefined;
  }
}
