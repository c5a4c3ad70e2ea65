import type { Event } from '../../../api/generated/events.v1';
import type { Kind } from '../../kind';
import { eventsEventColumns } from './columns';
import { conversion } from './conversion';
import { selectableFields } from './fields';
import { eventsEventStrategy } from './strategy';

export const eventsEvent: Kind<Event> = {
  group: 'events.k8s.io',
  version: 'v1',
  kind: 'Event',
  plural: 'events',
  singular: 'event',
  shortNames: ['ev'],
  namespaced: true,
  schema: 'io.k8s.api.events.v1.Event',
  storedAs: '/events',
  conversion,
  strategy: eventsEventStrategy,
  columns: eventsEventColumns,
  selectableFields,
};
