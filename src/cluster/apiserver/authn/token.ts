import { unauthorized } from '../../../api/errors';
import type { Authenticator } from './authenticator';
import type { UserInfo } from './user';

export interface Authenticated {
  readonly user: UserInfo;
  /** Those of the wanted audiences that the token is meant for; undefined where tokens know none. */
  readonly audiences?: readonly string[];
}

/** Knows tokens of one sort. Undefined for a token that is not of the sort, or no longer good. */
export interface TokenAuthenticator {
  authenticateToken(token: string, audiences: readonly string[]): Authenticated | undefined;
}

/** The first that knows the token decides. */
export function tokenUnion(authenticators: readonly TokenAuthenticator[]): TokenAuthenticator {
  return {
    authenticateToken(token, audiences) {
      for (const authenticator of authenticators) {
        const found = authenticator.authenticateToken(token, audiences);
        if (found) return found;
      }
      return undefined;
    },
  };
}

/** `Authorization: Bearer …`. A token that nobody knows is wrong, not absent. */
export const bearerTokens = (tokens: TokenAuthenticator, audiences: readonly string[]): Authenticator => ({
  authenticate({ headers: { authorization } }) {
    const [, token] = (authorization && /^bearer\s+(\S+)$/i.exec(authorization)) || [];
    if (!token) return undefined;
    const found = tokens.authenticateToken(token, audiences);
    if (!found) throw unauthorized();
    return found.user;
  },
});
