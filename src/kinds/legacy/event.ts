import type { Event } from '../../api/generated/events.v1';
import { conversion } from '../events.k8s.io/event/conversion';
import type { Conversion } from '../kind';

/** v1beta1 calls everything as v1 does. */
export const eventConversion: Conversion = {
  fromStored: (stored) => ({ ...conversion.fromStored(stored), apiVersion: 'events.k8s.io/v1beta1' }),
  toStored: (object) => conversion.toStored({ ...object, apiVersion: 'events.k8s.io/v1' } as Event),
};
