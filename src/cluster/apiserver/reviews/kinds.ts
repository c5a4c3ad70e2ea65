import type { Kind } from '../../../kinds/kind';

function review(group: string, kind: string, singular: string): Kind {
  const [name] = group.split('.');
  return {
    group, version: 'v1', kind, plural: `${singular}s`, singular, namespaced: false, schema: `io.k8s.api.${name}.v1.${kind}`,
    verbs: ['create'], strategy: { generationOf: () => undefined }, columns: [],
  };
}

export const reviewKinds: readonly Kind[] = [
  review('authentication.k8s.io', 'SelfSubjectReview', 'selfsubjectreview'),
  review('authorization.k8s.io', 'SelfSubjectAccessReview', 'selfsubjectaccessreview'),
  review('authorization.k8s.io', 'SelfSubjectRulesReview', 'selfsubjectrulesreview'),
];
