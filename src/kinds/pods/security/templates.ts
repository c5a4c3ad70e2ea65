import { qualifiedResource } from '../../../api/errors';
import type { CronJob } from '../../../api/generated/batch.v1';
import type { PodTemplate, PodTemplateSpec } from '../../../api/generated/core.v1';
import type { KubeObject } from '../../../api/meta';

const ofSpec = (object: KubeObject) => (object as { spec?: { template?: PodTemplateSpec } }).spec?.template;
const ofJobTemplate = (object: KubeObject) => (object as unknown as CronJob).spec.jobTemplate?.spec?.template;

const readers: Readonly<Record<string, (object: KubeObject) => PodTemplateSpec | undefined>> = {
  podtemplates: (object) => (object as unknown as PodTemplate).template,
  replicationcontrollers: ofSpec, 'replicasets.apps': ofSpec, 'deployments.apps': ofSpec, 'statefulsets.apps': ofSpec, 'daemonsets.apps': ofSpec, 'jobs.batch': ofSpec,
  'cronjobs.batch': ofJobTemplate,
};

/** What pods will be made from, by objects of the kinds that make them. */
export const podTemplateOf = (resource: { group: string; plural: string }, object: KubeObject): PodTemplateSpec | undefined =>
  readers[qualifiedResource(resource)]?.(object);
