import type { Endpoints } from '../../../api/generated/core.v1';
import type { Column } from '../../kind';
import { age } from '../../printing';
import { formatEndpoints } from './format';

export const endpointsColumns: readonly Column<Endpoints>[] = [
  { name: 'Endpoints', value: formatEndpoints },
  age,
];
