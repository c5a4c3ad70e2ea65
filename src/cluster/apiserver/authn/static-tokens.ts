import { createHash } from 'node:crypto';
import type { TokenAuthenticator } from './token';
import type { UserInfo } from './user';

/**
 * Tokens of a file, one a line: `token,user,uid,"group,group"`, the groups optional.
 * Source: --token-auth-file, k8s.io/apiserver/pkg/authentication/token/tokenfile. Throws an Error that names the line.
 */
export function staticTokens(csv: string): TokenAuthenticator {
  const users = new Map<string, UserInfo>();
  csv.split(/\r?\n/).forEach((line, index) => {
    if (!line.trim()) return;
    const [token, name, uid, groups] = fieldsOf(line);
    if (uid === undefined) throw new Error(`token file, line ${index + 1}: must have at least 3 columns (token, user name, user uid)`);
    if (token) users.set(digest(token), { name: name!, ...(uid && { uid }), groups: groups ? groups.split(',').map((group) => group.trim()) : [] });
  });
  return {
    authenticateToken(token) {
      const user = users.get(digest(token));
      return user && { user };
    },
  };
}

/** Looked up by digest: how long it takes says nothing about a token. */
const digest = (token: string) => createHash('sha256').update(token).digest('base64');

/** Of one CSV record; quotes in quotes are doubled. */
const fieldsOf = (line: string): string[] =>
  [...line.matchAll(/(?:^|,)\s*(?:"((?:[^"]|"")*)"|([^,]*))/g)].map(([, quotedText, plain]) => quotedText?.replaceAll('""', '"') ?? plain!.trim());
