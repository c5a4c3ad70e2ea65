import type { Event } from '../../../api/generated/core.v1';
import type { Strategy } from '../../kind';
import { validateEvent } from './validation';

/** An event of the older API is little checked: nothing depends on it. */
export const eventStrategy: Strategy<Event> = {
  validate: validateEvent,
  allowCreateOnUpdate: true,
};
