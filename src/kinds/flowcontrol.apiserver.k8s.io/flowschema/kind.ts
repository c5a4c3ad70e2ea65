import type { FlowSchema } from '../../../api/generated/flowcontrol.v1';
import type { Column, Kind } from '../../kind';
import { age } from '../../printing';
import { flowSchemaStrategy } from './strategy';

const columns: readonly Column<FlowSchema>[] = [
  { name: 'PriorityLevel', value: ({ spec }) => spec?.priorityLevelConfiguration?.name ?? '' },
  { name: 'MatchingPrecedence', value: ({ spec }) => spec?.matchingPrecedence ?? 0 },
  { name: 'DistinguisherMethod', value: ({ spec }) => spec?.distinguisherMethod?.type ?? '<none>' },
  age,
  {
    name: 'MissingPL', description: 'references a broken or non-existent PriorityLevelConfiguration',
    value: ({ status }) => status?.conditions?.find(({ type }) => type === 'Dangling')?.status ?? '?',
  },
];

export const flowSchema: Kind<FlowSchema> = {
  group: 'flowcontrol.apiserver.k8s.io',
  version: 'v1',
  kind: 'FlowSchema',
  plural: 'flowschemas',
  singular: 'flowschema',
  namespaced: false,
  schema: 'io.k8s.api.flowcontrol.v1.FlowSchema',
  unenforced: true,
  subresources: ['status'],
  strategy: flowSchemaStrategy,
  columns,
  compareRows: (a, b) => (a.spec?.matchingPrecedence ?? 0) - (b.spec?.matchingPrecedence ?? 0) || (a.metadata.name < b.metadata.name ? -1 : 1),
};
