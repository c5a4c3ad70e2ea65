import type { FieldError } from '../../../api/errors';
import type { CronJob, CronJobSpec, JobTemplateSpec } from '../../../api/generated/batch.v1';
import {
  invalidValue, nameIsDNSSubdomain, nonNegativeField, notSupported, required, showLabelSelector, validateObjectMeta, type Path,
} from '../../../api/validation';
import { oneOf } from '../../validating';
import { validateJobSpec } from '../spec-validation';
import { parseSchedule, ScheduleError } from './schedule';

/** A job is called `<name>-<minute>`, of eleven characters more, and has 63 at most. */
const nameMax = 52;
const limits = ['successfulJobsHistoryLimit', 'failedJobsHistoryLimit'] as const;

const zonePrefix = /^(CRON_)?TZ=\S+\s+/;

function scheduleProblem(schedule: string): string | undefined {
  try {
    parseSchedule(schedule.replace(zonePrefix, ''));
    return undefined;
  } catch (error) {
    if (error instanceof ScheduleError) return error.message;
    throw error;
  }
}

function validateSchedule({ schedule }: CronJobSpec, path: Path): FieldError[] {
  if (!schedule) return [required(path)];
  const problem = scheduleProblem(schedule);
  return [
    ...(problem === undefined ? [] : [invalidValue(path, schedule, problem)]),
    ...(schedule.includes('TZ') ? [invalidValue(path, schedule, 'cannot use TZ or CRON_TZ in schedule, use timeZone field instead')] : []),
  ];
}

const zonePart = /^[A-Za-z._0-9+][A-Za-z.\-_0-9+]{0,13}$/;

function isKnownZone(zone: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: zone });
    return true;
  } catch {
    return false;
  }
}

function validateTimeZone({ timeZone: zone }: CronJobSpec, path: Path): FieldError[] {
  if (zone === undefined) return [];
  if (zone === '') return [invalidValue(path, zone, 'timeZone must be nil or non-empty string')];
  if (zone.toLowerCase() === 'local') return [invalidValue(path, zone, 'timeZone must be an explicit time zone as defined in https://www.iana.org/time-zones')];
  const wellFormed = zone.split('/').every((part) => part !== '.' && part !== '..' && zonePart.test(part));
  return wellFormed && isKnownZone(zone) ? [] : [invalidValue(path, zone, `unknown time zone ${zone}`)];
}

/** The selector of each job is made for it. */
function validateTemplate({ spec }: JobTemplateSpec, path: Path): FieldError[] {
  return [
    ...validateJobSpec(spec ?? { template: {} }, path),
    ...(spec?.selector ? [invalidValue(`${path}.selector`, showLabelSelector(spec.selector), '`selector` will be auto-generated')] : []),
    ...(spec?.manualSelector ? [notSupported(`${path}.manualSelector`, true, ['false', 'nil'])] : []),
  ];
}

function validateSpec(spec: CronJobSpec, path: Path): FieldError[] {
  return [
    ...validateSchedule(spec, `${path}.schedule`),
    ...nonNegativeField(`${path}.startingDeadlineSeconds`, spec.startingDeadlineSeconds),
    ...validateTimeZone(spec, `${path}.timeZone`),
    ...oneOf(spec.concurrencyPolicy, ['Allow', 'Forbid', 'Replace'], `${path}.concurrencyPolicy`),
    ...validateTemplate(spec.jobTemplate ?? {}, `${path}.jobTemplate.spec`),
    ...limits.flatMap((field) => nonNegativeField(`${path}.${field}`, spec[field])),
  ];
}

/** After ValidateCronJobCreate. */
export function validateCronJob({ metadata, spec }: CronJob): FieldError[] {
  return [
    ...validateObjectMeta(metadata, true, nameIsDNSSubdomain),
    ...validateSpec(spec!, 'spec'),
    ...(metadata.name.length > nameMax ? [invalidValue('metadata.name', metadata.name, `must be no more than ${nameMax} characters`)] : []),
  ];
}
