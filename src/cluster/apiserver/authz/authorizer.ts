import { ApiError, forbidden } from '../../../api/errors';
import type { PolicyRule } from '../../../api/generated/rbac.v1';
import type { UserInfo } from '../authn/user';
import type { RequestInfo } from '../http/request-info';

/** What is asked for: a verb on a resource, or on a path where there is no resource. */
export type Attributes = Pick<RequestInfo, 'verb' | 'path' | 'resource'>;

export interface Decision {
  /** False: no opinion. Nobody denies. */
  readonly allowed: boolean;
  /** For people; often empty. */
  readonly reason: string;
}

export interface UserRules {
  readonly rules: readonly PolicyRule[];
  /** What could not be resolved; the rules are those that could. */
  readonly errors: readonly string[];
}

export interface Authorizer {
  authorize(user: UserInfo, attributes: Attributes): Decision;
  /** All that a user may do in a namespace ('' for everywhere), as far as this authorizer knows it. */
  rulesFor?(user: UserInfo, namespace: string): UserRules;
}

export const noOpinion: Decision = { allowed: false, reason: '' };

/** The first that allows decides; otherwise the reasons of all. Source: k8s.io/apiserver/pkg/authorization/union. */
export function union(authorizers: readonly Authorizer[]): Authorizer {
  return {
    authorize(user, attributes) {
      const reasons: string[] = [];
      for (const authorizer of authorizers) {
        const decision = authorizer.authorize(user, attributes);
        if (decision.allowed) return decision;
        if (decision.reason) reasons.push(decision.reason);
      }
      return reasons.length ? { allowed: false, reason: reasons.join('\n') } : noOpinion;
    },
    rulesFor(user, namespace) {
      const found = authorizers.map((authorizer) => authorizer.rulesFor?.(user, namespace));
      return { rules: found.flatMap((each) => each?.rules ?? []), errors: found.flatMap((each) => each?.errors ?? []) };
    },
  };
}

/** Wording: responsewriters.Forbidden and its forbiddenMessage. */
export function refusal({ name: user }: UserInfo, { verb, path, resource: of }: Attributes, reason = ''): ApiError {
  const because = reason && `: ${reason}`;
  if (!of) return new ApiError('Forbidden', `forbidden: User ${JSON.stringify(user)} cannot ${verb} path ${JSON.stringify(path)}${because}`, {});
  const { group, resource, subresource, namespace, name = '' } = of;
  const what = subresource ? `${resource}/${subresource}` : resource;
  const where = namespace ? `in the namespace ${JSON.stringify(namespace)}` : 'at the cluster scope';
  return forbidden({ group, plural: resource }, name, `User ${JSON.stringify(user)} cannot ${verb} resource ${JSON.stringify(what)} in API group ${JSON.stringify(group)} ${where}${because}`);
}
