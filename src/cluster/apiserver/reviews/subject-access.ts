import { invalid, type FieldError } from '../../../api/errors';
import type { ResourceAttributes, SelfSubjectAccessReviewSpec, SubjectAccessReviewSpec } from '../../../api/generated/authorization.v1';
import type { Unstructured } from '../../../api/meta';
import { invalidValue } from '../../../api/validation';
import type { UserInfo } from '../authn/user';
import type { Attributes, Authorizer } from '../authz/authorizer';
import type { Hooks } from '../registry/registry';

type Answer = NonNullable<Hooks['answer']>;
type Review = Unstructured & { spec: SubjectAccessReviewSpec };

const group = 'authorization.k8s.io';

/** May I? Source: k8s.io/kubernetes/pkg/registry/authorization/selfsubjectaccessreview. */
export const selfSubjectAccess = (authorizer: Authorizer): Answer => ({ spec }, { user }) => {
  const asked = (spec ?? {}) as SelfSubjectAccessReviewSpec;
  refuse('SelfSubjectAccessReview', attributeErrors(asked));
  return { spec: asked, status: status(authorizer, user, asked) };
};

/** May they? Source: k8s.io/kubernetes/pkg/registry/authorization/subjectaccessreview. */
export const subjectAccess = (authorizer: Authorizer): Answer => (review) => {
  const { spec } = review as Review;
  refuse('SubjectAccessReview', specErrors(spec));
  return { spec, status: status(authorizer, subjectOf(spec), spec) };
};

/** May they, in this namespace? Source: k8s.io/kubernetes/pkg/registry/authorization/localsubjectaccessreview. */
export const localSubjectAccess = (authorizer: Authorizer): Answer => (review, _context, namespace) => {
  const { spec, metadata } = review as Review;
  refuse('LocalSubjectAccessReview', [...specErrors(spec), ...localErrors(spec, metadata.namespace || namespace)]);
  return { metadata: { creationTimestamp: null, namespace }, spec, status: status(authorizer, subjectOf(spec), spec) };
};

/** Source: k8s.io/kubernetes/pkg/apis/authorization/validation. */
function attributeErrors({ resourceAttributes, nonResourceAttributes }: SelfSubjectAccessReviewSpec): FieldError[] {
  if (resourceAttributes && nonResourceAttributes) return [invalidValue('spec.nonResourceAttributes', nonResourceAttributes, 'cannot be specified in combination with resourceAttributes')];
  if (resourceAttributes || nonResourceAttributes) return [];
  return [invalidValue('spec.resourceAttributes', null, 'exactly one of nonResourceAttributes or resourceAttributes must be specified')];
}

const specErrors = (spec: SubjectAccessReviewSpec): FieldError[] => [
  ...attributeErrors(spec),
  ...(spec.user || spec.groups?.length ? [] : [invalidValue('spec.user', '', 'at least one of user or group must be specified')]),
];

function localErrors({ resourceAttributes, nonResourceAttributes }: SubjectAccessReviewSpec, namespace: string | undefined): FieldError[] {
  const asked = resourceAttributes?.namespace ?? '';
  return [
    ...(resourceAttributes && asked !== namespace ? [invalidValue('spec.resourceAttributes.namespace', asked, 'must match metadata.namespace')] : []),
    ...(nonResourceAttributes ? [invalidValue('spec.nonResourceAttributes', nonResourceAttributes, 'disallowed on this kind of request')] : []),
  ];
}

function refuse(kind: string, errors: FieldError[]): void {
  if (errors.length) throw invalid({ group, kind }, '', errors);
}

const subjectOf = ({ user = '', uid, groups = [], extra }: SubjectAccessReviewSpec): UserInfo =>
  ({ name: user, groups, ...(uid && { uid }), ...(extra && { extra }) });

function status(authorizer: Authorizer, user: UserInfo, spec: SelfSubjectAccessReviewSpec) {
  const { allowed, reason } = authorizer.authorize(user, attributesOf(spec));
  return { allowed, ...(reason && { reason }) };
}

function attributesOf({ resourceAttributes, nonResourceAttributes }: SelfSubjectAccessReviewSpec): Attributes {
  if (!resourceAttributes) return { path: nonResourceAttributes?.path ?? '', verb: nonResourceAttributes?.verb ?? '' };
  return { path: '', verb: resourceAttributes.verb ?? '', resource: resourceOf(resourceAttributes) };
}

const resourceOf = ({ group: of = '', version = '*', resource = '', subresource, namespace, name }: ResourceAttributes) =>
  ({ group: of, version, resource, ...(subresource && { subresource }), ...(namespace && { namespace }), ...(name && { name }) });
