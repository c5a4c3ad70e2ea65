import type { StatefulSet } from '../../../api/generated/apps.v1';
import type { Column } from '../../kind';
import { templateColumns } from '../../pods/template-columns';
import { age } from '../../printing';

export const statefulSetColumns: readonly Column<StatefulSet>[] = [
  { name: 'Ready', value: ({ spec, status }) => `${status?.readyReplicas ?? 0}/${spec.replicas ?? 0}` },
  age,
  ...templateColumns,
];
