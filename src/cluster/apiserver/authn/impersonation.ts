import { internalError } from '../../../api/errors';
import type { Incoming } from '../http/exchange';
import type { ResourceRequest } from '../http/request-info';
import { refusal, type Attributes, type Authorizer } from '../authz/authorizer';
import { anonymous } from './authenticator';
import type { UserInfo } from './user';

const names = { user: 'impersonate-user', group: 'impersonate-group', uid: 'impersonate-uid', extra: 'impersonate-extra-' };

interface Asked {
  readonly user: string;
  readonly uid: string;
  readonly groups: readonly string[];
  readonly extra: Readonly<Record<string, readonly string[]>>;
}

/**
 * Whom the request's Impersonate- headers make of its user, who must be allowed to `impersonate` every part of it.
 * Throws Forbidden. Source: WithImpersonation in k8s.io/apiserver/pkg/endpoints/filters.
 */
export function impersonated(request: Incoming, user: UserInfo, authorizer: Authorizer): UserInfo {
  if (!asks(request)) return user;
  const asked = readHeaders(request.rawHeaders);
  if (!asked.user && (asked.groups.length || asked.uid || Object.keys(asked.extra).length)) {
    throw internalError('requested impersonation without impersonating a user');
  }
  if (!asked.user) return user;
  for (const resource of requested(asked)) {
    const attributes: Attributes = { path: '', verb: 'impersonate', resource };
    const { allowed, reason } = authorizer.authorize(user, attributes);
    if (!allowed) throw refusal(user, attributes, reason);
  }
  return userOf(asked);
}

function asks({ headers }: Incoming): boolean {
  for (const name in headers) if (name.startsWith('impersonate-')) return true;
  return false;
}

/** Node joins headers of one name by commas, which groups may contain: read as they came. */
function readHeaders(raw: readonly string[]): Asked {
  const asked = { user: '', uid: '', groups: [] as string[], extra: {} as Record<string, string[]> };
  for (let at = 0; at < raw.length; at += 2) {
    const [name, value] = [raw[at]!.toLowerCase(), raw[at + 1]!];
    if (name === names.user) asked.user ||= value;
    if (name === names.uid) asked.uid ||= value;
    if (name === names.group) asked.groups.push(value);
    if (name.startsWith(names.extra)) (asked.extra[decode(name.slice(names.extra.length))] ??= []).push(value);
  }
  return asked;
}

function decode(key: string): string {
  try {
    return decodeURIComponent(key);
  } catch {
    return key;
  }
}

const account = /^system:serviceaccount:([^:]+):([^:]+)$/;

/** What there is to be allowed, one by one. */
function requested({ user, uid, groups, extra }: Asked): ResourceRequest[] {
  const core = { group: '', version: 'v1' };
  const authentication = { group: 'authentication.k8s.io', version: 'v1' };
  const [, namespace, name] = account.exec(user) ?? [];
  return [
    namespace && name ? { ...core, resource: 'serviceaccounts', namespace, name } : { ...core, resource: 'users', name: user },
    ...groups.map((group) => ({ ...core, resource: 'groups', name: group })),
    ...Object.entries(extra).flatMap(([key, values]) => values.map((value) => ({ ...authentication, resource: 'userextras', subresource: key, name: value }))),
    ...(uid ? [{ ...authentication, resource: 'uids', name: uid }] : []),
  ];
}

function userOf({ user: name, uid, groups: given, extra }: Asked): UserInfo {
  const [, namespace] = account.exec(name) ?? [];
  const groups = namespace && !given.length ? ['system:serviceaccounts', `system:serviceaccounts:${namespace}`] : [...given];
  const implied = name === anonymous.name ? 'system:unauthenticated' : 'system:authenticated';
  const said = groups.includes('system:unauthenticated') || groups.includes(implied);
  return { name, groups: said ? groups : [...groups, implied], ...(uid && { uid }), ...(Object.keys(extra).length > 0 && { extra }) };
}
