import type { JobSpec } from '../../api/generated/batch.v1';
import type { Path } from '../../api/validation';
import { templateWarnings } from '../pods/warnings';

const manyCompletions = 100_000;
const manyPodsAtOnce = 10_000;

/** After pkg/api/job/warnings.go. */
export function jobSpecWarnings(spec: JobSpec | undefined, old: JobSpec | undefined, path: Path): string[] {
  if (!spec) return [];
  const { completionMode, completions = 0, parallelism = 0 } = spec;
  const untrackable = completionMode === 'Indexed' && completions > manyCompletions && parallelism > manyPodsAtOnce;
  return [
    ...(untrackable ? [`${path}: In Indexed Jobs with a number of completions higher than 10^5 and a parallelism higher than 10^4, `
      + 'Kubernetes might not be able to track completedIndexes when a big number of indexes fail'] : []),
    ...templateWarnings(spec.template, old?.template, `${path}.template`),
  ];
}
