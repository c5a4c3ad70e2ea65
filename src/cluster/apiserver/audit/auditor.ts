import type { Clock } from '../../../api/clock';
import type { UserInfo } from '../authn/user';
import type { Incoming } from '../http/exchange';
import { isLongRunning } from '../http/long-running';
import type { RequestInfo } from '../http/request-info';
import { auditUser, shownUserAgent, sourceIPs, type AuditEvent, type AuditObject } from './event';
import { auditConfig, type AuditPolicy } from './policy';
import { AuditTrail } from './trail';

export interface AuditOptions {
  readonly policy: AuditPolicy;
  /** Takes each event once, in the order of what happened; must not throw. */
  sink(event: AuditEvent): void;
}

/** Who decides by the policy which requests leave a trail. */
export class Auditor {
  constructor(private readonly options: AuditOptions, private readonly clock: Clock) {}

  /** `user`: as authenticated; undefined when that failed. Undefined when the request is of no interest. */
  trail(request: Incoming, info: RequestInfo, auditID: string, user: UserInfo | undefined): AuditTrail | undefined {
    const config = auditConfig(this.options.policy, user, info);
    if (config.level === 'None') return undefined;
    return new AuditTrail({
      auditID, requestURI: request.url ?? '/', verb: info.verb, user: user ? auditUser(user) : {},
      sourceIPs: sourceIPs(request.headers, request.socket.remoteAddress),
      userAgent: shownUserAgent(request.headers['user-agent']), objectRef: objectOf(info),
    }, config, isLongRunning(info), this.clock, (event) => this.options.sink(event));
  }
}

const objectOf = ({ resource: of }: RequestInfo): AuditObject | undefined =>
  of && { resource: of.resource, namespace: of.namespace, name: of.name, apiGroup: of.group, apiVersion: of.version, subresource: of.subresource };

/** Wording: getAuthMethods. */
export function failedMethods({ headers, url = '' }: Incoming): string {
  const methods = [
    ...(/^basic /i.test(headers.authorization ?? '') ? ['basic'] : []),
    ...(/^bearer /i.test((headers.authorization ?? '').trim()) ? ['bearer'] : []),
    ...(/[?&]access_token=[^&]/.test(url) ? ['access_token'] : []),
  ];
  return methods.length ? `Authentication failed, attempted: ${methods.join(', ')}` : 'Authentication failed, no credentials provided';
}
