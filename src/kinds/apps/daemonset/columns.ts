import type { DaemonSet } from '../../../api/generated/apps.v1';
import type { Column } from '../../kind';
import { selector, templateColumns } from '../../pods/template-columns';
import { age, formatLabels } from '../../printing';

export const daemonSetColumns: readonly Column<DaemonSet>[] = [
  { name: 'Desired', type: 'integer', value: ({ status }) => status?.desiredNumberScheduled ?? 0 },
  { name: 'Current', type: 'integer', value: ({ status }) => status?.currentNumberScheduled ?? 0 },
  { name: 'Ready', type: 'integer', value: ({ status }) => status?.numberReady ?? 0 },
  { name: 'Up-to-date', type: 'integer', value: ({ status }) => status?.updatedNumberScheduled ?? 0 },
  { name: 'Available', type: 'integer', value: ({ status }) => status?.numberAvailable ?? 0 },
  { name: 'Node Selector', value: ({ spec }) => formatLabels(spec.template?.spec?.nodeSelector) },
  age,
  ...templateColumns,
  selector,
];
