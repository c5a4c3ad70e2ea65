import type { Event } from '../../../api/generated/core.v1';
import type { Kind } from '../../kind';
import { eventColumns } from '../../events/columns';
import { selectableFields } from './fields';
import { eventStrategy } from './strategy';

export const event: Kind<Event> = {
  group: '',
  version: 'v1',
  kind: 'Event',
  plural: 'events',
  singular: 'event',
  shortNames: ['ev'],
  namespaced: true,
  schema: 'io.k8s.api.core.v1.Event',
  strategy: eventStrategy,
  columns: eventColumns,
  selectableFields,
};
