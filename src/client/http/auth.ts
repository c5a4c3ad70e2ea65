import { readFileSync } from 'node:fs';
import type { Connection } from '../connection';

/** The headers that say who asks, and on whose behalf. */
export function authHeaders({ auth, impersonate }: Connection): Record<string, string | string[]> {
  return {
    ...authorization(auth),
    ...(impersonate?.user && { 'impersonate-user': impersonate.user }),
    ...(impersonate?.uid && { 'impersonate-uid': impersonate.uid }),
    ...Object.fromEntries(Object.entries(impersonate?.extra ?? {}).map(([key, values]) => [`impersonate-extra-${encodeHeaderKey(key)}`, [...values]])),
    ...(impersonate?.groups?.length && { 'impersonate-group': [...impersonate.groups] }),
  };
}

/** What cannot stand in the name of a header is escaped as in URLs. After headerKeyEscape in k8s.io/client-go/transport. */
const encodeHeaderKey = (key: string): string => key.toLowerCase().replace(/[^a-z0-9!#$&'*+.^_`|~-]/g, (char) => [...Buffer.from(char)].map((byte) => `%${byte.toString(16).toUpperCase().padStart(2, '0')}`).join(''));

function authorization(auth: Connection['auth']): Record<string, string> {
  const token = auth.token ?? (auth.tokenFile && readFileSync(auth.tokenFile, 'utf8').trim());
  if (token) return { authorization: `Bearer ${token}` };
  if (auth.username) return { authorization: `Basic ${Buffer.from(`${auth.username}:${auth.password ?? ''}`).toString('base64')}` };
  return {};
}
