import { cronJob } from '../../../src/kinds/batch/cronjob/kind';
import { job } from '../../../src/kinds/batch/job/kind';
import { created, createErrors, defaulted, updateErrors } from '../create';
import { row, titles } from '../row';

const template = { spec: { containers: [{ name: 'a', image: 'b' }], restartPolicy: 'Never' } };
const metadata = { name: 'a', uid: 'u-1' };
const make = (spec: object) => ({ metadata, spec: { template, ...spec } });
const generated = {
  'batch.kubernetes.io/controller-uid': 'u-1', 'batch.kubernetes.io/job-name': 'a', 'controller-uid': 'u-1', 'job-name': 'a',
};
const indexed = { completionMode: 'Indexed', completions: 3 };

describe('job', () => {
  test('defaults, and a selector of its own', () => {
    expect(created(job, make({}))).toMatchObject({
      metadata: { labels: generated },
      spec: {
        parallelism: 1, completions: 1, backoffLimit: 6, completionMode: 'NonIndexed', suspend: false, podReplacementPolicy: 'TerminatingOrFailed',
        selector: { matchLabels: { 'batch.kubernetes.io/controller-uid': 'u-1' } }, template: { metadata: { labels: generated }, spec: { terminationGracePeriodSeconds: 30 } },
      },
      status: {},
    });
    expect(created(job, make({ parallelism: 4 })).spec).not.toHaveProperty('completions');
    expect(created(job, make({ ...indexed, backoffLimitPerIndex: 1 })).spec!.backoffLimit).toBe(2 ** 31 - 1);
  });

  test('labels of its own stay alone', () => {
    expect(created(job, { ...make({}), metadata: { ...metadata, labels: { mine: '1' } } }).metadata.labels).toEqual({ mine: '1' });
    expect(created(job, make({ template: { ...template, metadata: { labels: { app: 'x' } } } })).metadata.labels).toEqual({ app: 'x', ...generated });
  });

  test('a manual selector is left alone', () => {
    const manual = make({ manualSelector: true, selector: { matchLabels: { app: 'x' } }, template: { ...template, metadata: { labels: { app: 'x' } } } });
    expect(created(job, manual).spec!.template.metadata!.labels).toEqual({ app: 'x' });
    expect(createErrors(job, manual)).toEqual([]);
    expect(createErrors(job, make({ manualSelector: true }))).toEqual(['spec.selector: Required value']);
  });

  test.each<[string, object, string[]]>([
    ['good', {}, []],
    ['no restart policy', { template: { spec: { containers: template.spec.containers } } }, ['spec.template.spec.restartPolicy: Required value: valid values: "OnFailure", "Never"']],
    ['somebody else\'s labels', { template: { ...template, metadata: { labels: { 'job-name': 'b' } } } }, [
      'spec.template.metadata.labels[job-name]: Invalid value: map[string]string{"batch.kubernetes.io/controller-uid":"u-1", "batch.kubernetes.io/job-name":"a", "controller-uid":"u-1", "job-name":"b"}: must be \'a\'',
    ]],
    ['negative counts', { parallelism: -1, completions: -1 }, ['spec.parallelism: Invalid value: -1: must be greater than or equal to 0', 'spec.completions: Invalid value: -1: must be greater than or equal to 0']],
    ['indexed without completions', { completionMode: 'Indexed', parallelism: 1 }, ['spec.completions: Required value: when completion mode is Indexed']],
    ['limit per index without indexes', { backoffLimitPerIndex: 1 }, ['spec.backoffLimitPerIndex: Invalid value: 1: requires indexed completion mode']],
    ['failed indexes without a limit each', { ...indexed, maxFailedIndexes: 1 }, ['spec.backoffLimitPerIndex: Required value: when maxFailedIndexes is specified']],
    ['unknown mode', { completionMode: 'X' }, ['spec.completionMode: Unsupported value: "X": supported values: "Indexed", "NonIndexed"']],
    ['manager', { managedBy: 'me' }, ['spec.managedBy: Invalid value: "me": must be a domain-prefixed path (such as "acme.io/foo")']],
    ['success without indexes', { successPolicy: { rules: [{ succeededCount: 1 }] } }, ['spec.successPolicy: Invalid value: {"rules":[{"succeededCount":1}]}: requires indexed completion mode']],
    ['success', { ...indexed, successPolicy: { rules: [{ succeededIndexes: '0,2', succeededCount: 3 }, {}, { succeededIndexes: '2,1' }] } }, [
      'spec.successPolicy.rules[0].succeededCount: Invalid value: 3: must be less than or equal to 2 (the number of indexes in the specified succeededIndexes field)',
      'spec.successPolicy.rules[1]: Required value: at least one of succeededCount or succeededIndexes must be specified',
      'spec.successPolicy.rules[2].succeededIndexes: Invalid value: "2,1": error parsing succeededIndexes: non-increasing order, previous: 2, current: 1',
    ]],
    ['failure rules', { podFailurePolicy: { rules: [{ action: 'X', onExitCodes: { operator: 'In', values: [0, 2, 1], containerName: 'z' } }, { action: 'FailJob' }] } }, [
      'spec.podFailurePolicy.rules[0].action: Unsupported value: "X": supported values: "Count", "FailIndex", "FailJob", "Ignore"',
      'spec.podFailurePolicy.rules[0].onExitCodes.containerName: Invalid value: "z": must be one of the container or initContainer names in the pod template',
      'spec.podFailurePolicy.rules[0].onExitCodes.values[0]: Invalid value: 0: must not be 0 for the In operator',
      'spec.podFailurePolicy.rules[0].onExitCodes.values: Invalid value: []int32{0, 2, 1}: must be ordered',
      'spec.podFailurePolicy.rules[1]: Invalid value: specifying one of OnExitCodes and OnPodConditions is required',
    ]],
  ])('%s', (_, more, expected) => expect(createErrors(job, make(more))).toEqual(expected));

  test('a host name must come of the name and an index', () => {
    const name = 'a'.repeat(62);
    expect(createErrors(job, { metadata: { ...metadata, name }, spec: { template, ...indexed } })).toEqual([`metadata.name: Invalid value: "${name}": will not able to create pod with invalid DNS label: ${name}-2`]);
  });

  test.each<[string, object, object, string[]]>([
    ['parallelism', {}, { parallelism: 3, completions: 1 }, []],
    ['completions', {}, { completions: 2 }, ['spec.completions: Invalid value: 2: field is immutable']],
    ['both of an indexed job', { ...indexed, parallelism: 3 }, { ...indexed, completions: 5, parallelism: 5 }, []],
    ['completions of an indexed job', { ...indexed, parallelism: 3 }, { ...indexed, completions: 5, parallelism: 3 }, ['spec.completions: Invalid value: 5: can only be modified in tandem with spec.parallelism']],
    ['nodes of a waiting job', { suspend: true }, { suspend: true, template: { spec: { ...template.spec, nodeSelector: { a: 'b' } } } }, []],
    ['mode', { completions: 3 }, indexed, ['spec.completionMode: Invalid value: "Indexed": field is immutable']],
  ])('an update may change: %s', (_, from, to, expected) => expect(updateErrors(job, make(from), make(to))).toEqual(expected));

  test('the template stays', () => expect(updateErrors(job, make({}), make({ template: { spec: { ...template.spec, nodeSelector: { a: 'b' } } } }))[0])
    .toMatch(/^spec\.template: Invalid value: .*: field is immutable$/));
});

describe('cron job', () => {
  const cron = (spec: object) => ({ spec: { schedule: '*/5 * * * *', jobTemplate: { spec: { template } }, ...spec } });

  test('defaults', () => expect(defaulted(cronJob, cron({})).spec).toMatchObject({
    concurrencyPolicy: 'Allow', suspend: false, successfulJobsHistoryLimit: 3, failedJobsHistoryLimit: 1, jobTemplate: { spec: { template: { spec: { dnsPolicy: 'ClusterFirst' } } } },
  }));

  test.each<[string, object, string[]]>([
    ['good', {}, []],
    ['no schedule', { schedule: '' }, ['spec.schedule: Required value']],
    ['bad schedule', { schedule: '* * *' }, ['spec.schedule: Invalid value: "* * *": expected exactly 5 fields, found 3: [* * *]']],
    ['zone in the schedule', { schedule: 'TZ=UTC 0 0 * * *' }, ['spec.schedule: Invalid value: "TZ=UTC 0 0 * * *": cannot use TZ or CRON_TZ in schedule, use timeZone field instead']],
    ['zone', { timeZone: 'Europe/Berlin' }, []],
    ['unknown zone', { timeZone: 'Mars/Base' }, ['spec.timeZone: Invalid value: "Mars/Base": unknown time zone Mars/Base']],
    ['local zone', { timeZone: 'Local' }, ['spec.timeZone: Invalid value: "Local": timeZone must be an explicit time zone as defined in https://www.iana.org/time-zones']],
    ['concurrency', { concurrencyPolicy: 'X' }, ['spec.concurrencyPolicy: Unsupported value: "X": supported values: "Allow", "Forbid", "Replace"']],
    ['selector', { jobTemplate: { spec: { template, selector: { matchLabels: { a: 'b' } }, manualSelector: true } } }, [
      'spec.jobTemplate.spec.selector: Invalid value: v1.LabelSelector{MatchLabels:map[string]string{"a":"b"}, MatchExpressions:[]v1.LabelSelectorRequirement(nil)}: `selector` will be auto-generated',
      'spec.jobTemplate.spec.manualSelector: Unsupported value: true: supported values: "false", "nil"',
    ]],
    ['pods that run for ever', { jobTemplate: { spec: { template: { spec: { containers: template.spec.containers } } } } }, ['spec.jobTemplate.spec.template.spec.restartPolicy: Required value: valid values: "OnFailure", "Never"']],
    ['history', { failedJobsHistoryLimit: -1 }, ['spec.failedJobsHistoryLimit: Invalid value: -1: must be greater than or equal to 0']],
  ])('%s', (_, more, expected) => expect(createErrors(cronJob, cron(more))).toEqual(expected));

  test('room for the names of its jobs', () => {
    const name = 'a'.repeat(53);
    expect(createErrors(cronJob, { metadata: { name }, ...cron({}) })).toEqual([`metadata.name: Invalid value: "${name}": must be no more than 52 characters`]);
  });
});

test.each([
  ['running', { spec: { template, completions: 3 }, status: { startTime: '2026-01-31T11:59:00Z', succeeded: 1 } }, 'Running 1/3 60s 60m | a b <none>'],
  ['complete', { spec: { template, completions: 1 }, status: { startTime: '2026-01-31T11:00:00Z', completionTime: '2026-01-31T11:00:07Z', succeeded: 1, conditions: [{ type: 'Complete', status: 'True' }] } }, 'Complete 1/1 7s 60m | a b <none>'],
  ['failed', { spec: { template, parallelism: 4 }, status: { conditions: [{ type: 'Failed', status: 'True' }] } }, 'Failed 0/1 of 4  60m | a b <none>'],
  ['suspended', { spec: { template, parallelism: 1 }, status: { conditions: [{ type: 'Suspended', status: 'True' }] } }, 'Suspended 0/1  60m | a b <none>'],
  ['leaving', { metadata: { deletionTimestamp: 'x' }, spec: { template, parallelism: 1 } }, 'Terminating 0/1  60m | a b <none>'],
])('row of a job: %s', (_, object, expected) => expect(row(job, object)).toBe(expected));

test('columns', () => {
  expect(titles(job)).toBe('Status, Completions, Duration, Age | Containers, Images, Selector');
  expect(titles(cronJob)).toBe('Schedule, Timezone, Suspend, Active, Last Schedule, Age | Containers, Images, Selector');
  expect(row(cronJob, { spec: { schedule: '@daily', suspend: false, jobTemplate: { spec: { template } } }, status: { active: [{}], lastScheduleTime: '2026-01-31T11:00:00Z' } }))
    .toBe('@daily <none> False 1 60m 60m | a b <none>');
});
