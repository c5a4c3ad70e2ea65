import type { Incoming } from '../http/exchange';
import type { UserInfo } from './user';

/**
 * Undefined: these are not my credentials, ask the next. Throws Unauthorized for credentials that are its own but wrong.
 */
export interface Authenticator {
  authenticate(request: Incoming): UserInfo | undefined | Promise<UserInfo | undefined>;
}

/** Every user who is somebody. */
export const authenticated = (user: UserInfo): UserInfo =>
  user.groups.includes('system:authenticated') ? user : { ...user, groups: [...user.groups, 'system:authenticated'] };

export const anonymous: UserInfo = { name: 'system:anonymous', groups: ['system:unauthenticated'] };
