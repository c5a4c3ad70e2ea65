import type { ClusterRole } from '../../../api/generated/rbac.v1';
import type { Describe } from '../../describe';
import { describeAnnotations, describeLabels } from '../../describing/labels';
import { describeText, field } from '../../describing/writer';
import { describeRules } from '../describe-rules';

export const clusterRoleDescribe: Describe<ClusterRole> = {
  group: 'rbac.authorization.k8s.io',
  kind: 'ClusterRole',
  render: ({ metadata, rules }) => describeText((write) => {
    field(write, 'Name', metadata.name);
    describeLabels(write, 'Labels', metadata.labels);
    describeAnnotations(write, 'Annotations', metadata.annotations);
    describeRules(write, rules);
  }),
};
