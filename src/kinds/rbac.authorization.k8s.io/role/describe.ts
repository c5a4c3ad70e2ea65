import type { Role } from '../../../api/generated/rbac.v1';
import type { Describe } from '../../describe';
import { describeAnnotations, describeLabels } from '../../describing/labels';
import { describeText, field } from '../../describing/writer';
import { describeRules } from '../describe-rules';

export const roleDescribe: Describe<Role> = {
  group: 'rbac.authorization.k8s.io',
  kind: 'Role',
  render: ({ metadata, rules }) => describeText((write) => {
    field(write, 'Name', metadata.name);
    describeLabels(write, 'Labels', metadata.labels);
    describeAnnotations(write, 'Annotations', metadata.annotations);
    describeRules(write, rules);
  }),
};
