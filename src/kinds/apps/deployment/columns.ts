import type { Deployment } from '../../../api/generated/apps.v1';
import type { Column } from '../../kind';
import { selector, templateColumns } from '../../pods/template-columns';
import { age } from '../../printing';

export const deploymentColumns: readonly Column<Deployment>[] = [
  { name: 'Ready', value: ({ spec, status }) => `${status?.readyReplicas ?? 0}/${spec.replicas ?? 0}` },
  { name: 'Up-to-date', value: (deployment) => deployment.status?.updatedReplicas ?? 0 },
  { name: 'Available', value: (deployment) => deployment.status?.availableReplicas ?? 0 },
  age,
  ...templateColumns,
  selector,
];
