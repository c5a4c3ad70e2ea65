import type { PodDisruptionBudget } from '../../../api/generated/policy.v1';
import type { Column, Kind } from '../../kind';
import { age } from '../../printing';
import { podDisruptionBudgetStrategy } from './strategy';

const columns: readonly Column<PodDisruptionBudget>[] = [
  { name: 'Min Available', value: ({ spec }) => String(spec?.minAvailable ?? 'N/A') },
  { name: 'Max Unavailable', value: ({ spec }) => String(spec?.maxUnavailable ?? 'N/A') },
  { name: 'Allowed Disruptions', type: 'integer', value: ({ status }) => status?.disruptionsAllowed ?? 0 },
  age,
];

export const podDisruptionBudget: Kind<PodDisruptionBudget> = {
  group: 'policy',
  version: 'v1',
  kind: 'PodDisruptionBudget',
  plural: 'poddisruptionbudgets',
  singular: 'poddisruptionbudget',
  shortNames: ['pdb'],
  namespaced: true,
  schema: 'io.k8s.api.policy.v1.PodDisruptionBudget',
  subresources: ['status'],
  strategy: podDisruptionBudgetStrategy,
  columns,
};
