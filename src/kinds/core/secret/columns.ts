import type { Secret } from '../../../api/generated/core.v1';
import type { Column } from '../../kind';
import { age } from '../../printing';

export const secretColumns: readonly Column<Secret>[] = [
  { name: 'Type', value: (secret) => secret.type ?? '' },
  { name: 'Data', value: (secret) => Object.keys(secret.data ?? {}).length },
  age,
];
