import type { FieldError } from '../../../api/errors';
import type { Subject } from '../../../api/generated/flowcontrol.v1';
import { forbiddenField, invalidEach, nameIsDNSLabel, nameIsDNSSubdomain, notSupported, required, type Path } from '../../../api/validation';

/** The member that each kind of subject has, and no other. */
const members = { ServiceAccount: 'serviceAccount', User: 'user', Group: 'group' } as const;
type SubjectKind = keyof typeof members;

const validateNamed = (subject: { name?: string }, path: Path): FieldError[] => (subject.name ? [] : [required(`${path}.name`)]);

function validateAccount({ name, namespace }: NonNullable<Subject['serviceAccount']>, path: Path): FieldError[] {
  return [
    ...(!name ? [required(`${path}.name`)] : name === '*' ? [] : invalidEach(`${path}.name`, name, nameIsDNSSubdomain(name, false))),
    ...(namespace ? invalidEach(`${path}.namespace`, namespace, nameIsDNSLabel(namespace, false)) : [required(`${path}.namespace`, 'must specify namespace for service account')]),
  ];
}

function validateMember(subject: Subject, kind: SubjectKind, path: Path): FieldError[] {
  const member = members[kind];
  if (subject.kind !== kind) return subject[member] ? [forbiddenField(`${path}.${member}`, `${member} is forbidden when subject kind is not '${kind}'`)] : [];
  if (!subject[member]) return [required(`${path}.${member}`, `${member} is required when subject kind is '${kind}'`)];
  return kind === 'ServiceAccount' ? validateAccount(subject.serviceAccount!, `${path}.serviceAccount`) : validateNamed(subject[member], `${path}.${member}`);
}

/** After ValidateFlowSchemaSubject: the subject's own member first. */
export function validateSubject(subject: Subject, path: Path): FieldError[] {
  const kinds = Object.keys(members) as SubjectKind[];
  if (!kinds.includes(subject.kind as SubjectKind)) return [notSupported(`${path}.kind`, subject.kind ?? '', kinds)];
  const others = kinds.filter((kind) => kind !== subject.kind);
  const order: SubjectKind[] = subject.kind === 'ServiceAccount' ? ['ServiceAccount', 'User', 'Group'] : [subject.kind as SubjectKind, ...others];
  return order.flatMap((kind) => validateMember(subject, kind, path));
}
