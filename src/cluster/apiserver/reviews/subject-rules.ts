import { badRequest } from '../../../api/errors';
import type { Authorizer } from '../authz/authorizer';
import type { Hooks } from '../registry/registry';

/** What may I in a namespace? Source: k8s.io/kubernetes/pkg/registry/authorization/selfsubjectrulesreview. */
export const selfSubjectRules = (authorizer: Authorizer): NonNullable<Hooks['answer']> => ({ spec }, { user }) => {
  const { namespace } = (spec ?? {}) as { namespace?: string };
  if (!namespace) throw badRequest('no namespace on request');
  const { rules = [], errors = [] } = authorizer.rulesFor?.(user, namespace) ?? {};
  const resourceRules = rules.filter(({ resources }) => resources?.length)
    .map(({ verbs, apiGroups, resources, resourceNames }) => ({ verbs, apiGroups, resources, ...(resourceNames?.length && { resourceNames }) }));
  const nonResourceRules = rules.filter(({ nonResourceURLs }) => nonResourceURLs?.length).map(({ verbs, nonResourceURLs }) => ({ verbs, nonResourceURLs }));
  return { spec: {}, status: { resourceRules, nonResourceRules, incomplete: false, ...(errors.length && { evaluationError: errors.join(', ') }) } };
};
