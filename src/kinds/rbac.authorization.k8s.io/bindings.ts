import type { FieldError } from '../../api/errors';
import type { ClusterRoleBinding, RoleBinding, Subject } from '../../api/generated/rbac.v1';
import {
  invalidEach, invalidValue, isDNS1123Subdomain, nameIsPathSegment, notSupported, notSupportedInOrder, required, semanticEqual, ShownAs,
  validateObjectMeta, type Path,
} from '../../api/validation';
import { quote } from '../../api/go/quote';
import type { Column, Strategy } from '../kind';
import { age, wide } from '../printing';
import { each } from '../validating';

const rbacGroup = 'rbac.authorization.k8s.io';

type Binding = RoleBinding | ClusterRoleBinding;

const apiGroupIs = (group: string | undefined, expected: string, path: Path): FieldError[] =>
  (group ?? '') === expected ? [] : [notSupported(path, group ?? '', [expected])];

function validateServiceAccount({ name, apiGroup, namespace }: Subject, namespaced: boolean, path: Path): FieldError[] {
  return [
    ...(name ? invalidEach(`${path}.name`, name, isDNS1123Subdomain(name)) : []),
    ...apiGroupIs(apiGroup, '', `${path}.apiGroup`),
    ...(namespaced || namespace ? [] : [required(`${path}.namespace`)]),
  ];
}

function validateSubject(subject: Subject, namespaced: boolean, path: Path): FieldError[] {
  const noName = subject.name ? [] : [required(`${path}.name`)];
  if (subject.kind === 'ServiceAccount') return [...noName, ...validateServiceAccount(subject, namespaced, path)];
  if (subject.kind === 'User' || subject.kind === 'Group') return [...noName, ...apiGroupIs(subject.apiGroup, rbacGroup, `${path}.apiGroup`)];
  return [...noName, notSupported(`${path}.kind`, subject.kind ?? '', ['ServiceAccount', 'User', 'Group'])];
}

function validateRoleRef({ roleRef }: Binding, kinds: readonly string[]): FieldError[] {
  const { apiGroup, kind = '', name } = roleRef ?? {};
  return [
    ...apiGroupIs(apiGroup, rbacGroup, 'roleRef.apiGroup'),
    ...(kinds.includes(kind) ? [] : [notSupportedInOrder('roleRef.kind', kind, [...kinds].sort())]),
    ...(name ? invalidEach('roleRef.name', name, nameIsPathSegment(name, false)) : [required('roleRef.name')]),
  ];
}

const shownRef = ({ apiGroup = '', kind = '', name = '' }: Binding['roleRef']) =>
  new ShownAs(`rbac.RoleRef{APIGroup:${quote(apiGroup)}, Kind:${quote(kind)}, Name:${quote(name)}}`);

/** After SetDefaults_RoleBinding, SetDefaults_Subject and ValidateRoleBinding; `kinds` are the roles that may be bound. */
export function bindingStrategy<T extends Binding>(namespaced: boolean, kinds: readonly string[]): Strategy<T> {
  return {
    setDefaults({ roleRef, subjects }) {
      if (roleRef) roleRef.apiGroup ||= rbacGroup;
      for (const subject of subjects ?? []) if (subject.kind === 'User' || subject.kind === 'Group') subject.apiGroup ||= rbacGroup;
    },
    validate: (binding) => [
      ...validateObjectMeta(binding.metadata, namespaced, nameIsPathSegment),
      ...validateRoleRef(binding, kinds),
      ...each(binding.subjects ?? [], 'subjects', (subject, path) => validateSubject(subject, namespaced, path)),
    ],
    validateUpdate: ({ roleRef }, old) => semanticEqual(roleRef, old.roleRef) ? [] : [invalidValue('roleRef', shownRef(roleRef), 'cannot change roleRef')],
    allowCreateOnUpdate: true,
  };
}

const subjectsText = ({ subjects }: Binding, kind: string, textOf = ({ name }: Subject) => name) =>
  (subjects ?? []).filter((subject) => subject.kind === kind).map((subject) => textOf(subject)).join(', ');

export const bindingColumns: readonly Column<Binding>[] = [
  { name: 'Role', value: ({ roleRef }) => `${roleRef?.kind ?? ''}/${roleRef?.name ?? ''}` },
  age,
  wide('Users', (binding) => subjectsText(binding, 'User')),
  wide('Groups', (binding) => subjectsText(binding, 'Group')),
  wide('ServiceAccounts', (binding) => subjectsText(binding, 'ServiceAccount', ({ namespace = '', name }) => `${namespace}/${name}`)),
];
