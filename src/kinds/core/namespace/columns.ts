import type { Namespace } from '../../../api/generated/core.v1';
import type { Column } from '../../kind';
import { age } from '../../printing';

export const namespaceColumns: readonly Column<Namespace>[] = [
  { name: 'Status', value: (namespace) => namespace.status?.phase ?? '' },
  age,
];
