import type * as core from '../../../api/generated/core.v1';
import type { Event } from '../../../api/generated/events.v1';
import type { KubeObject } from '../../../api/meta';
import type { Conversion } from '../../kind';

/** What the two versions call differently; all else has one name. */
const storedNames = {
  note: 'message',
  regarding: 'involvedObject',
  deprecatedSource: 'source',
  deprecatedFirstTimestamp: 'firstTimestamp',
  deprecatedLastTimestamp: 'lastTimestamp',
  deprecatedCount: 'count',
  reportingController: 'reportingComponent',
} as const;

const servedNames = Object.fromEntries(Object.entries(storedNames).map(([served, stored]) => [stored, served]));

function rename(object: KubeObject, names: Readonly<Record<string, string>>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(object).map(([field, value]) => [names[field] ?? field, value]));
}

function toStored(event: Event): core.Event {
  const stored = { ...rename(event, storedNames), apiVersion: 'v1' } as unknown as core.Event;
  stored.involvedObject ??= {};
  return stored;
}

/** Between events.k8s.io/v1 and the core/v1 form that is stored. */
export const conversion = {
  fromStored: (stored: KubeObject) => ({ ...rename(stored, servedNames), apiVersion: 'events.k8s.io/v1' }) as unknown as Event,
  toStored,
} satisfies Conversion<Event>;
