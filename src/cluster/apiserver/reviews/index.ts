import type { Clock } from '../../../api/clock';
import type { TokenAuthenticator } from '../authn/token';
import type { Authorizer } from '../authz/authorizer';
import type { Hooks } from '../registry/registry';
import { selfSubject, tokenReview } from './identity';
import { localSubjectAccess, selfSubjectAccess, subjectAccess } from './subject-access';
import { selfSubjectRules } from './subject-rules';

export interface ReviewOptions {
  readonly authorizer: Authorizer;
  readonly tokens: TokenAuthenticator;
  /** Those that a token is meant for when nothing else is asked. */
  readonly audiences: readonly string[];
  readonly clock: Clock;
}

/** By `group/plural`: one line a review. */
export const reviewHooks = ({ authorizer, tokens, audiences, clock }: ReviewOptions): [string, Hooks][] => [
  ['authentication.k8s.io/selfsubjectreviews', { answer: selfSubject(clock) }],
  ['authentication.k8s.io/tokenreviews', { answer: tokenReview(tokens, audiences) }],
  ['authorization.k8s.io/selfsubjectaccessreviews', { answer: selfSubjectAccess(authorizer) }],
  ['authorization.k8s.io/selfsubjectrulesreviews', { answer: selfSubjectRules(authorizer) }],
  ['authorization.k8s.io/subjectaccessreviews', { answer: subjectAccess(authorizer) }],
  ['authorization.k8s.io/localsubjectaccessreviews', { answer: localSubjectAccess(authorizer) }],
];
