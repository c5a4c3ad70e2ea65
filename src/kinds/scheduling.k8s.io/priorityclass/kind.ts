import type { PriorityClass } from '../../../api/generated/scheduling.v1';
import type { Column, Kind } from '../../kind';
import { age } from '../../printing';
import { priorityClassStrategy } from './strategy';

const columns: readonly Column<PriorityClass>[] = [
  { name: 'Value', type: 'integer', value: ({ value }) => value ?? 0 },
  { name: 'Global-Default', type: 'boolean', value: ({ globalDefault }) => globalDefault ?? false },
  age,
  { name: 'PreemptionPolicy', value: ({ preemptionPolicy }) => preemptionPolicy ?? '' },
];

export const priorityClass: Kind<PriorityClass> = {
  group: 'scheduling.k8s.io',
  version: 'v1',
  kind: 'PriorityClass',
  plural: 'priorityclasses',
  singular: 'priorityclass',
  shortNames: ['pc'],
  namespaced: false,
  schema: 'io.k8s.api.scheduling.v1.PriorityClass',
  strategy: priorityClassStrategy,
  columns,
};
