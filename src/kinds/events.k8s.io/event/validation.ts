import type { FieldError } from '../../../api/errors';
import type { Event } from '../../../api/generated/events.v1';
import { immutable, invalidValue, nameIsDNSSubdomain, required, validateObjectMeta } from '../../../api/validation';
import { validateEventAs } from '../../events/validation';
import { conversion } from './conversion';

function validateSeries({ series }: Event): FieldError[] {
  if (!series) return [];
  return [
    ...((series.count ?? 0) < 2 ? [invalidValue('series.count', '', 'should be at least 2')] : []),
    ...(series.lastObservedTime ? [] : [required('series.lastObservedTime')]),
  ];
}

/** Fields of the older API, by the names that they have there. */
const unset = [
  ['deprecatedFirstTimestamp', 'firstTimestamp'], ['deprecatedLastTimestamp', 'lastTimestamp'], ['deprecatedCount', 'count'],
] as const;

/** Stricter than core/v1 is. After ValidateEventCreate. */
export function validateEvent(event: Event): FieldError[] {
  const { metadata, eventTime, type = '', deprecatedSource } = event;
  return [
    ...validateEventAs(conversion.toStored(event), 'reportingController'),
    ...validateObjectMeta(metadata, true, nameIsDNSSubdomain),
    ...validateSeries(event),
    ...(eventTime ? [] : [required('eventTime')]),
    ...(type === 'Normal' || type === 'Warning' ? [] : [invalidValue('type', '', `has invalid value: ${type}`)]),
    ...unset.filter(([field]) => event[field]).map(([, name]) => invalidValue(name, '', 'needs to be unset')),
    ...(deprecatedSource?.component || deprecatedSource?.host ? [invalidValue('source', '', 'needs to be unset')] : []),
  ];
}

const fixed = ['involvedObject', 'reason', 'message', 'type', 'action', 'related', 'reportingComponent', 'reportingInstance', 'eventTime'] as const;

export function validateEventUpdate(event: Event, old: Event): FieldError[] {
  const [now, before] = [conversion.toStored(event), conversion.toStored(old)];
  return fixed.flatMap((field) => immutable(field === 'reportingComponent' ? 'reportingController' : field, now[field], before[field]));
}
