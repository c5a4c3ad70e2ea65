import type { Clock } from '../../api/clock';
import type { Store } from '../store';
import type { Authenticator } from './authn/authenticator';
import { isCurrent } from './authn/bound-tokens';
import { clientCertificates } from './authn/client-certificate';
import { issuer, TokenSigner } from './authn/service-account-token';
import { serviceAccountTokens } from './authn/service-account-users';
import { staticTokens } from './authn/static-tokens';
import { bearerTokens, tokenUnion, type TokenAuthenticator } from './authn/token';
import { union, type Authorizer } from './authz/authorizer';
import { healthPaths, privilegedGroup } from './authz/built-in';
import { RbacAuthorizer } from './authz/rbac/authorizer';

export interface AccessControlOptions {
  readonly store: Store;
  readonly clock: Clock;
  /** PEM of the private key (P-256) that signs ServiceAccount tokens; without it there are none. */
  readonly serviceAccountKey?: string;
  /** CSV of `token,user,uid,"group,group"`, after upstream's --token-auth-file. */
  readonly staticTokens?: string;
}

/** Who is known and who may do what: everything that decides on access, made once and shared. */
export interface AccessControl {
  readonly signer: TokenSigner | undefined;
  readonly tokens: TokenAuthenticator;
  readonly authenticators: readonly Authenticator[];
  readonly authorizer: Authorizer;
  readonly rbac: RbacAuthorizer;
}

/** What a token for this API is meant for. */
export const audiences: readonly string[] = [issuer];

export function accessControl({ store, clock, serviceAccountKey, staticTokens: csv }: AccessControlOptions): AccessControl {
  const signer = serviceAccountKey ? new TokenSigner(serviceAccountKey) : undefined;
  const tokens = tokenUnion([
    ...(csv ? [staticTokens(csv)] : []),
    ...(signer ? [serviceAccountTokens(signer, clock, (claims) => isCurrent({ store, clock }, claims))] : []),
  ]);
  const rbac = new RbacAuthorizer(store);
  return {
    signer, tokens, rbac,
    authenticators: [clientCertificates(), bearerTokens(tokens, audiences)],
    authorizer: union([privilegedGroup, healthPaths, rbac]),
  };
}
