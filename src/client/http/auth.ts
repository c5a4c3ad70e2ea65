import { readFileSync } from 'node:fs';
import type { Connection } from '../connection';

/** The headers that say who asks, and on whose behalf. */
export function authHeaders({ auth, impersonate }: Connection): Record<string, string | string[]> {
  return {
    ...authorization(auth),
    ...(impersonate?.user && { 'impersonate-user': impersonate.user }),
    ...(impersonate?.uid && { 'impersonate-uid': impersonate.uid }),
    ...(impersonate?.groups?.length && { 'impersonate-group': [...impersonate.groups] }),
  };
}

function authorization(auth: Connection['auth']): Record<string, string> {
  const token = auth.token ?? (auth.tokenFile && readFileSync(auth.tokenFile, 'utf8').trim());
  if (token) return { authorization: `Bearer ${token}` };
  if (auth.username) return { authorization: `Basic ${Buffer.from(`${auth.username}:${auth.password ?? ''}`).toString('base64')}` };
  return {};
}
