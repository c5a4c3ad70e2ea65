import type { Kind } from '../../../kinds/kind';

function review(group: string, kind: string, namespaced = false): Kind {
  const [name] = group.split('.');
  const singular = kind.toLowerCase();
  return {
    group, version: 'v1', kind, plural: `${singular}s`, singular, namespaced, schema: `io.k8s.api.${name}.v1.${kind}`,
    verbs: ['create'], strategy: { generationOf: () => undefined }, columns: [],
  };
}

export const reviewKinds: readonly Kind[] = [
  review('authentication.k8s.io', 'SelfSubjectReview'),
  review('authentication.k8s.io', 'TokenReview'),
  review('authorization.k8s.io', 'SelfSubjectAccessReview'),
  review('authorization.k8s.io', 'SelfSubjectRulesReview'),
  review('authorization.k8s.io', 'SubjectAccessReview'),
  review('authorization.k8s.io', 'LocalSubjectAccessReview', true),
];
