import type { Event } from '../../../api/generated/core.v1';
import type { FieldReader } from '../../kind';

const referenceFields = ['kind', 'namespace', 'name', 'uid', 'apiVersion', 'resourceVersion', 'fieldPath'] as const;

const involvedObject = Object.fromEntries(referenceFields.map((field) =>
  [`involvedObject.${field}`, (event: Event) => event.involvedObject[field] ?? '']));

export const selectableFields: Record<string, FieldReader<Event>> = {
  ...involvedObject,
  reason: (event) => event.reason ?? '',
  reportingComponent: (event) => event.reportingComponent ?? '',
  source: (event) => event.source?.component || event.reportingComponent || '',
  type: (event) => event.type ?? '',
};
