import type { Event } from '../../../api/generated/events.v1';
import type { Strategy } from '../../kind';

export const eventsEventStrategy: Strategy<Event> = {};
