import type { UserInfo } from '../authn/user';
import type { Level, Stage } from './policy';

/** audit.k8s.io/v1 Event, in the order of its fields on the wire. */
export interface AuditEvent {
  readonly kind: 'Event';
  readonly apiVersion: 'audit.k8s.io/v1';
  readonly level: Level;
  readonly auditID: string;
  readonly stage: Stage;
  readonly requestURI: string;
  readonly verb: string;
  readonly user: AuditUser;
  readonly impersonatedUser: AuditUser | undefined;
  readonly sourceIPs: readonly string[] | undefined;
  readonly userAgent: string | undefined;
  readonly objectRef: AuditObject | undefined;
  readonly responseStatus: AuditStatus | undefined;
  readonly requestObject: unknown;
  readonly responseObject: unknown;
  /** RFC 3339 in microseconds, both. */
  readonly requestReceivedTimestamp: string;
  readonly stageTimestamp: string;
  readonly annotations: Readonly<Record<string, string>> | undefined;
}

export interface AuditUser {
  readonly username?: string;
  readonly uid?: string;
  readonly groups?: readonly string[];
  readonly extra?: UserInfo['extra'];
}

export interface AuditObject {
  resource?: string;
  namespace?: string | undefined;
  name?: string | undefined;
  uid?: string | undefined;
  apiGroup?: string | undefined;
  apiVersion?: string;
  resourceVersion?: string | undefined;
  subresource?: string | undefined;
}

export interface AuditStatus {
  readonly metadata: object;
  readonly status?: unknown;
  readonly message?: unknown;
  readonly reason?: unknown;
  readonly details?: unknown;
  readonly code: number;
}

export const auditUser = ({ name, uid, groups, extra }: UserInfo): AuditUser =>
  ({ username: name, ...(uid && { uid }), groups, ...(extra && Object.keys(extra).length > 0 && { extra }) });

const userAgentMax = 1024;

/** Source: maybeTruncateUserAgent. */
export const shownUserAgent = (userAgent: string | undefined): string | undefined =>
  (userAgent && userAgent.length > userAgentMax ? `${userAgent.slice(0, userAgentMax)}...TRUNCATED` : userAgent);

const address = /^[\d.]+$|^[\da-f:.]*:[\da-f:.]*$/i;

/** Who sent it, as far as proxies tell: all but the last can be made up. Source: SourceIPs in k8s.io/apimachinery/pkg/util/net. */
export function sourceIPs(headers: Readonly<Record<string, string | string[] | undefined>>, remote: string | undefined): string[] | undefined {
  const ips = String(headers['x-forwarded-for'] ?? '').split(',').map((text) => text.trim()).filter((text) => address.test(text));
  const real = String(headers['x-real-ip'] ?? '');
  if (address.test(real) && !ips.includes(real)) ips.push(real);
  const last = remote?.replace(/^::ffff:/, '');
  if (last && ips.at(-1) !== last) ips.push(last);
  return ips.length ? ips : undefined;
}

/** What a Status tells of itself in the log; of anything else, the code alone. Source: LogResponseObject. */
export function auditStatus(code: number, body: unknown): AuditStatus {
  const { kind, status, message, reason, details } = (body ?? {}) as Record<string, unknown>;
  return kind === 'Status' ? { metadata: {}, status, message, reason, details, code } : { metadata: {}, code };
}

/** A copy without the managers of the object, of a list's items or of a table's rows. Source: copyWithoutManagedFields. */
export function withoutManagers(body: unknown): unknown {
  if (typeof body !== 'object' || body === null) return body;
  const { metadata, items, rows, kind } = body as { metadata?: object; items?: unknown[]; rows?: { object?: unknown }[]; kind?: string };
  return {
    ...body,
    ...(metadata && 'managedFields' in metadata && { metadata: { ...metadata, managedFields: undefined } }),
    ...(Array.isArray(items) && { items: items.map(withoutManagers) }),
    ...(kind === 'Table' && Array.isArray(rows) && { rows: rows.map((row) => ({ ...row, ...(row.object !== undefined && { object: withoutManagers(row.object) }) })) }),
  };
}


