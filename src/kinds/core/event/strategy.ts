import type { Event } from '../../../api/generated/core.v1';
import type { Strategy } from '../../kind';

export const eventStrategy: Strategy<Event> = {};
