import type { ClusterRoleBinding, RoleBinding } from '../../api/generated/rbac.v1';
import { describeAnnotations, describeLabels } from '../describing/labels';
import { describeText, field } from '../describing/writer';

export const renderBinding = ({ metadata, roleRef, subjects }: RoleBinding | ClusterRoleBinding): string => describeText((write) => {
  field(write, 'Name', metadata.name);
  describeLabels(write, 'Labels', metadata.labels);
  describeAnnotations(write, 'Annotations', metadata.annotations);
  write(0, 'Role:\n');
  field(write, 'Kind', roleRef?.kind, 1);
  field(write, 'Name', roleRef?.name, 1);
  write(0, 'Subjects:\n');
  write(1, 'Kind\tName\tNamespace\n');
  write(1, '----\t----\t---------\n');
  for (const { kind, name, namespace = '' } of subjects ?? []) write(1, `${kind}\t${name}\t${namespace}\n`);
});
