import { parseFieldSelector } from '../../../api/selectors';
import { failedMethods, type Auditor } from '../audit/auditor';
import { anonymous, authenticated, type Authenticator } from '../authn/authenticator';
import { impersonated } from '../authn/impersonation';
import type { UserInfo } from '../authn/user';
import { refusal, type Attributes, type Authorizer } from '../authz/authorizer';
import type { Exchange, Incoming } from './exchange';
import type { RequestInfo } from './request-info';

export interface Access {
  readonly authenticators: readonly Authenticator[];
  readonly authorizer: Authorizer;
  /** Absent where nothing is written down. */
  readonly auditor?: Auditor | undefined;
}

/** What access control reads of an exchange, and what it finds out. */
export type Visitor = Pick<Exchange, 'request' | 'info' | 'auditId'> & { -readonly [K in 'user' | 'audit']: Exchange[K] };

/**
 * Finds out who makes the request and as whom, and begins its audit trail: by the policy for who was authenticated,
 * not for whom they impersonate. Throws Unauthorized for credentials that are wrong (having none makes one anonymous), Forbidden.
 */
export async function identify({ authenticators, authorizer, auditor }: Access, visitor: Visitor): Promise<void> {
  const { request, info, auditId } = visitor;
  const identity = await authenticate(authenticators, request).catch((error: unknown) => {
    auditor?.trail(request, info, auditId, undefined)?.failedAuthentication(failedMethods(request));
    throw error;
  });
  visitor.user = identity;
  visitor.audit = auditor?.trail(request, info, auditId, identity);
  visitor.audit?.received();
  if (identity === anonymous) return;
  visitor.user = impersonated(request, identity, authorizer);
  if (visitor.user !== identity) visitor.audit?.impersonated(visitor.user);
}

async function authenticate(authenticators: readonly Authenticator[], request: Incoming): Promise<UserInfo> {
  for (const authenticator of authenticators) {
    const user = await authenticator.authenticate(request);
    if (user) return authenticated(user);
  }
  return anonymous;
}

/** Throws Forbidden, also for nobody in particular: Unauthorized is for credentials that are wrong. */
export function assertAllowed({ authorizer }: Access, { user, info, audit }: Visitor): void {
  const attributes = attributesOf(info);
  const { allowed, reason } = authorizer.authorize(user, attributes);
  audit?.annotate('authorization.k8s.io/decision', allowed ? 'allow' : 'forbid');
  audit?.annotate('authorization.k8s.io/reason', reason);
  if (allowed) return;
  throw refusal(user, attributes, reason);
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
