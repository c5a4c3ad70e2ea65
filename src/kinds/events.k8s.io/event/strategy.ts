import type { Event } from '../../../api/generated/events.v1';
import type { Strategy } from '../../kind';
import { validateEvent, validateEventUpdate } from './validation';

export const eventsEventStrategy: Strategy<Event> = {
  validate: validateEvent,
  validateUpdate: validateEventUpdate,
  allowCreateOnUpdate: true,
};
