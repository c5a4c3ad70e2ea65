import type { Event } from '../../../api/generated/core.v1';
import type { Strategy } from '../../kind';
import { validateEventAs } from '../../events/validation';

/** An event of the older API is little checked: nothing depends on it. */
export const eventStrategy: Strategy<Event> = {
  validate: (event) => validateEventAs(event, 'reportingComponent'),
  allowCreateOnUpdate: true,
};
