import type { Event } from '../../../api/generated/events.v1';
import { eventColumns } from '../../events/columns';
import type { Column } from '../../kind';
import { conversion } from './conversion';

export const eventsEventColumns: readonly Column<Event>[] = eventColumns.map((column) => ({
  ...column,
  value: (event, context) => column.value(conversion.toStored(event), context),
}));
