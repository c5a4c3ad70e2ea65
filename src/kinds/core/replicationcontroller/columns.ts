import type { ReplicationController } from '../../../api/generated/core.v1';
import type { Column } from '../../kind';
import { containerImages, containerNames } from '../../pods/template-columns';
import { age, formatLabels, wide } from '../../printing';

export const replicationControllerColumns: readonly Column<ReplicationController>[] = [
  { name: 'Desired', type: 'integer', value: ({ spec }) => spec?.replicas ?? 0 },
  { name: 'Current', type: 'integer', value: ({ status }) => status?.replicas ?? 0 },
  { name: 'Ready', type: 'integer', value: ({ status }) => status?.readyReplicas ?? 0 },
  age,
  wide('Containers', ({ spec }) => containerNames(spec?.template)),
  wide('Images', ({ spec }) => containerImages(spec?.template)),
  wide('Selector', ({ spec }) => formatLabels(spec?.selector)),
];
