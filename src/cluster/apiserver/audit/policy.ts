import type { UserInfo } from '../authn/user';
import type { RequestInfo } from '../http/request-info';

export const levels = ['None', 'Metadata', 'Request', 'RequestResponse'] as const;
export const stages = ['RequestReceived', 'ResponseStarted', 'ResponseComplete', 'Panic'] as const;
export type Level = (typeof levels)[number];
export type Stage = (typeof stages)[number];

/** audit.k8s.io/v1 Policy. */
export interface AuditPolicy {
  readonly rules: readonly AuditRule[];
  readonly omitStages?: readonly Stage[];
  readonly omitManagedFields?: boolean;
}

export interface AuditRule {
  readonly level: Level;
  readonly users?: readonly string[];
  readonly userGroups?: readonly string[];
  readonly verbs?: readonly string[];
  readonly resources?: readonly { readonly group?: string; readonly resources?: readonly string[]; readonly resourceNames?: readonly string[] }[];
  /** '' is where objects without a namespace are. */
  readonly namespaces?: readonly string[];
  readonly nonResourceURLs?: readonly string[];
  readonly omitStages?: readonly Stage[];
  readonly omitManagedFields?: boolean;
}

/** How much of one request is written down. */
export interface AuditConfig {
  readonly level: Level;
  readonly omitStages: readonly Stage[];
  readonly omitManagedFields: boolean;
}

export type AuditedRequest = Pick<RequestInfo, 'verb' | 'path' | 'resource'>;

/** The first rule that fits decides; where none does, nothing is written. Source: k8s.io/apiserver/pkg/audit/policy. */
export function auditConfig({ rules, omitStages = [], omitManagedFields = false }: AuditPolicy, user: UserInfo | undefined, request: AuditedRequest): AuditConfig {
  const rule = rules.find((candidate) => fits(candidate, user, request));
  if (!rule) return { level: 'None', omitStages, omitManagedFields };
  return { level: rule.level, omitStages: [...omitStages, ...(rule.omitStages ?? [])], omitManagedFields: rule.omitManagedFields ?? omitManagedFields };
}

function fits(rule: AuditRule, user: UserInfo | undefined, { verb, path, resource }: AuditedRequest): boolean {
  const { users, userGroups, verbs, namespaces, resources, nonResourceURLs } = rule;
  if (users?.length && !(user && users.includes(user.name))) return false;
  if (userGroups?.length && !user?.groups.some((group) => userGroups.includes(group))) return false;
  if (verbs?.length && !verbs.includes(verb)) return false;
  if (namespaces?.length || resources?.length) return resource !== undefined && fitsResource(rule, resource);
  if (nonResourceURLs?.length) return resource === undefined && nonResourceURLs.some((pattern) => fitsPath(pattern, path));
  return true;
}

function fitsResource({ namespaces, resources }: AuditRule, { group, resource, subresource, namespace = '', name = '' }: NonNullable<RequestInfo['resource']>): boolean {
  if (namespaces?.length && !namespaces.includes(namespace)) return false;
  if (!resources?.length) return true;
  const whole = subresource ? `${resource}/${subresource}` : resource;
  return resources.some(({ group: of = '', resources: patterns = [], resourceNames = [] }) => of === group && (!patterns.length
    || ((!resourceNames.length || resourceNames.includes(name)) && patterns.some((pattern) =>
      pattern === '*' || pattern === whole || pattern === `${resource}/*` || (subresource !== undefined && pattern === `*/${subresource}`)))));
}

const fitsPath = (pattern: string, path: string) =>
  pattern === '*' || pattern === path || (pattern.endsWith('*') && path.startsWith(pattern.replace(/\*+$/, '')));
