import type { PriorityLevelConfiguration, QueuingConfiguration } from '../../../api/generated/flowcontrol.v1';
import type { Column, Kind } from '../../kind';
import { age } from '../../printing';
import { priorityLevelStrategy } from './strategy';

const queuing = (name: string, field: keyof QueuingConfiguration): Column<PriorityLevelConfiguration> =>
  ({ name, value: ({ spec }) => spec?.limited?.limitResponse?.queuing?.[field] ?? '<none>' });

export const priorityLevelConfiguration: Kind<PriorityLevelConfiguration> = {
  group: 'flowcontrol.apiserver.k8s.io',
  version: 'v1',
  kind: 'PriorityLevelConfiguration',
  plural: 'prioritylevelconfigurations',
  singular: 'prioritylevelconfiguration',
  namespaced: false,
  schema: 'io.k8s.api.flowcontrol.v1.PriorityLevelConfiguration',
  unenforced: true,
  subresources: ['status'],
  strategy: priorityLevelStrategy,
  columns: [
    { name: 'Type', value: ({ spec }) => spec?.type ?? '' },
    { name: 'NominalConcurrencyShares', value: ({ spec }) => spec?.limited?.nominalConcurrencyShares ?? '<none>' },
    queuing('Queues', 'queues'),
    queuing('HandSize', 'handSize'),
    queuing('QueueLengthLimit', 'queueLengthLimit'),
    age,
  ],
};
