import type { Event } from '../../../api/generated/events.v1';
import type { FieldReader } from '../../kind';

const referenceFields = ['kind', 'namespace', 'name', 'uid', 'apiVersion', 'resourceVersion', 'fieldPath'] as const;

const regarding = Object.fromEntries(referenceFields.map((field) =>
  [`regarding.${field}`, (event: Event) => event.regarding?.[field] ?? '']));

export const selectableFields: Record<string, FieldReader<Event>> = {
  ...regarding,
  reason: (event) => event.reason ?? '',
  reportingController: (event) => event.reportingController ?? '',
  type: (event) => event.type ?? '',
};
