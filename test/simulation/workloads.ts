import type { DaemonSet, StatefulSet } from '../../src/api/generated/apps.v1';
import type { CronJob, Job, JobSpec } from '../../src/api/generated/batch.v1';
import type { ReplicationController } from '../../src/api/generated/core.v1';

/* Manifests of workloads, as small as they get. The server completes them. */

const metadata = (name: string) => ({ name, namespace: 'default', labels: { app: name } });

const podTemplate = (name: string, image: string, spec: object = {}) =>
  ({ metadata: { labels: { app: name } }, spec: { containers: [{ name: 'main', image }], ...spec } });

const workload = (name: string, image: string) => ({ selector: { matchLabels: { app: name } }, template: podTemplate(name, image) });

export const statefulSet = (name: string, replicas: number, spec: Partial<StatefulSet['spec']> = {}): StatefulSet =>
  ({ apiVersion: 'apps/v1', kind: 'StatefulSet', metadata: metadata(name), spec: { replicas, serviceName: name, ...workload(name, 'db:1'), ...spec } }) as unknown as StatefulSet;

export const daemonSet = (name: string, spec: Partial<DaemonSet['spec']> = {}): DaemonSet =>
  ({ apiVersion: 'apps/v1', kind: 'DaemonSet', metadata: metadata(name), spec: { ...workload(name, 'agent:1'), ...spec } }) as unknown as DaemonSet;

export const replicationController = (name: string, replicas: number): ReplicationController =>
  ({ apiVersion: 'v1', kind: 'ReplicationController', metadata: metadata(name), spec: { replicas, template: podTemplate(name, 'web:1') } }) as unknown as ReplicationController;

/** Pods of image `done` succeed after a while, those of `fail` fail; of `fragile` one in five does. */
export const jobSpec = (image: string, spec: Partial<JobSpec> = {}): JobSpec =>
  ({ template: podTemplate('job', image, { restartPolicy: 'Never' }), ...spec }) as unknown as JobSpec;

export const job = (name: string, image: string, spec: Partial<JobSpec> = {}): Job =>
  ({ apiVersion: 'batch/v1', kind: 'Job', metadata: metadata(name), spec: jobSpec(image, spec) });

export const cronJob = (name: string, schedule: string, spec: Partial<CronJob['spec']> = {}): CronJob =>
  ({ apiVersion: 'batch/v1', kind: 'CronJob', metadata: metadata(name), spec: { schedule, jobTemplate: { spec: jobSpec('done') }, ...spec } }) as unknown as CronJob;

type Templated = { spec: { template: { spec?: { containers: { image?: string }[] } } } };

export const withTemplateImage = (image: string) => <T extends Templated>(object: T): T => {
  const next = structuredClone(object);
  next.spec.template.spec!.containers[0]!.image = image;
  return next;
};
