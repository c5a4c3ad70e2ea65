import type { Job } from '../../../api/generated/batch.v1';
import { humanDuration } from '../../../api/duration';
import type { Column } from '../../kind';
import { selector, templateColumns } from '../../pods/template-columns';
import { age } from '../../printing';

function statusText({ metadata, status }: Job): string {
  const has = (type: string) => (status?.conditions ?? []).some((condition) => condition.type === type && condition.status === 'True');
  if (has('Complete')) return 'Complete';
  if (has('Failed')) return 'Failed';
  if (metadata.deletionTimestamp) return 'Terminating';
  return ['Suspended', 'FailureTarget', 'SuccessCriteriaMet'].find(has) ?? 'Running';
}

/** `1/3`, `1/1 of 4` where any one of several pods that run at once will do. */
function completionsText({ spec: { completions, parallelism = 0 } = { template: {} }, status }: Job): string {
  const succeeded = status?.succeeded ?? 0;
  if (completions !== undefined) return `${succeeded}/${completions}`;
  return parallelism > 1 ? `${succeeded}/1 of ${parallelism}` : `${succeeded}/1`;
}

function durationText({ startTime, completionTime }: NonNullable<Job['status']>, nowMs: number): string {
  return startTime ? humanDuration((completionTime ? Date.parse(completionTime) : nowMs) - Date.parse(startTime)) : '';
}

export const jobColumns: readonly Column<Job>[] = [
  { name: 'Status', value: statusText },
  { name: 'Completions', value: completionsText },
  { name: 'Duration', value: ({ status }, { nowMs }) => durationText(status ?? {}, nowMs) },
  age,
  ...templateColumns as readonly Column<Job>[],
  selector as Column<Job>,
];
