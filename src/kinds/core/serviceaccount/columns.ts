import type { ServiceAccount } from '../../../api/generated/core.v1';
import type { Column } from '../../kind';
import { age } from '../../printing';

export const serviceAccountColumns: readonly Column<ServiceAccount>[] = [
  { name: 'Secrets', value: (account) => account.secrets?.length ?? 0 },
  age,
];
