import type { Unstructured } from '../../../src/api/meta';
import { at, later, meta, owner, template } from './fixtures';

const selector = { matchLabels: { app: 'db' } };
const small = { metadata: { labels: { app: 'db' } }, spec: { containers: [{ name: 'a', image: 'b', resources: {} }], restartPolicy: 'Never' } };

const pod = (name: string, of: string, phase: string) => ({
  apiVersion: 'v1', kind: 'Pod', metadata: meta(name, { labels: { app: 'db' }, ...owner('StatefulSet', of) }), spec: small.spec, status: { phase },
});

const claim = (name: string, more: object, spec: object) => ({ metadata: { name, ...more }, spec });

/** Of the kinds that make pods. */
export const workloadFixtures = [
  pod('db-0', 'db', 'Running'), pod('db-1', 'db', 'Pending'), pod('stranger', 'other', 'Running'),
  {
    apiVersion: 'apps/v1', kind: 'StatefulSet', metadata: meta('db', { labels: { app: 'db' } }),
    spec: {
      replicas: 3, selector, serviceName: 'db', template, updateStrategy: { type: 'RollingUpdate', rollingUpdate: { partition: 1, maxUnavailable: '10%' } },
      volumeClaimTemplates: [
        claim('data', { labels: { b: '2', a: '1' }, annotations: { note: 'n', 'volume.beta.kubernetes.io/storage-class': 'old' } }, { accessModes: ['ReadWriteOnce', 'ReadOnlyMany'], resources: { requests: { storage: '1024Mi' } } }),
        claim('logs', {}, { accessModes: ['ReadWriteOnce'], storageClassName: 'fast', resources: {} }),
      ],
    },
    status: { replicas: 2 },
  },
  { apiVersion: 'apps/v1', kind: 'StatefulSet', metadata: meta('bare'), spec: { replicas: 0, selector, template: small, updateStrategy: { type: 'OnDelete' } }, status: { replicas: 0 } },
  {
    apiVersion: 'apps/v1', kind: 'DaemonSet', metadata: meta('agent', { annotations: { 'deprecated.daemonset.template.generation': '1' } }),
    spec: { selector, template, updateStrategy: { type: 'RollingUpdate' } },
    status: { desiredNumberScheduled: 3, currentNumberScheduled: 2, updatedNumberScheduled: 1, numberAvailable: 1, numberMisscheduled: 1, numberReady: 1 },
  },
  { apiVersion: 'apps/v1', kind: 'ControllerRevision', metadata: meta('db-1', owner('StatefulSet', 'db')), data: { spec: { template: { spec: { a: [1, { b: 'c' }] } } } }, revision: 1 },
  {
    apiVersion: 'v1', kind: 'ReplicationController', metadata: meta('rc', { labels: { app: 'db' } }), spec: { replicas: 2, selector: { app: 'db' }, template },
    status: { replicas: 1, conditions: [{ type: 'ReplicaFailure', status: 'True', reason: 'FailedCreate' }] },
  },
  { apiVersion: 'v1', kind: 'PodTemplate', metadata: meta('pattern', { labels: { app: 'db' } }), template: small },
  {
    apiVersion: 'batch/v1', kind: 'Job', metadata: meta('done', { labels: { app: 'db' }, ...owner('CronJob', 'nightly') }),
    spec: {
      parallelism: 2, completions: 60, completionMode: 'Indexed', suspend: false, backoffLimit: 6, ttlSecondsAfterFinished: 60, activeDeadlineSeconds: 600,
      selector: { matchLabels: { 'batch.kubernetes.io/controller-uid': 'uid-done' } }, template,
    },
    status: { startTime: at, completionTime: later, active: 1, ready: 1, succeeded: 58, failed: 2, completedIndexes: '0-3,5,7,9,11,13,15,17,19,21,23,25,27,29,31,33,35,37,39,41,43' },
  },
  { apiVersion: 'batch/v1', kind: 'Job', metadata: meta('fresh'), spec: { parallelism: 1, selector, completionMode: 'Indexed', template: small }, status: {} },
  {
    apiVersion: 'batch/v1', kind: 'CronJob', metadata: meta('nightly', { annotations: { note: 'n' } }),
    spec: {
      schedule: '0 3 * * *', timeZone: 'Etc/UTC', concurrencyPolicy: 'Forbid', suspend: true, successfulJobsHistoryLimit: 3, failedJobsHistoryLimit: 1, startingDeadlineSeconds: 30,
      jobTemplate: { spec: { parallelism: 1, completions: 1, activeDeadlineSeconds: 9, template } },
    },
    status: { active: [{ name: 'nightly-1' }, { name: 'nightly-2' }], lastScheduleTime: at },
  },
  { apiVersion: 'batch/v1', kind: 'CronJob', metadata: meta('plain'), spec: { schedule: '@hourly', concurrencyPolicy: 'Allow', jobTemplate: { spec: { template: small } } }, status: {} },
] as unknown as Unstructured[];
