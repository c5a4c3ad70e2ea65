import type { ReplicaSet } from '../../../api/generated/apps.v1';
import type { Column } from '../../kind';
import { selector, templateColumns } from '../../pods/template-columns';
import { age } from '../../printing';

export const replicaSetColumns: readonly Column<ReplicaSet>[] = [
  { name: 'Desired', type: 'integer', value: (set) => set.spec.replicas ?? 0 },
  { name: 'Current', type: 'integer', value: (set) => set.status?.replicas ?? 0 },
  { name: 'Ready', type: 'integer', value: (set) => set.status?.readyReplicas ?? 0 },
  age,
  ...templateColumns as readonly Column<ReplicaSet>[],
  selector,
];
