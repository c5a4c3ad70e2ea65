import type { Job } from '../../../../api/generated/batch.v1';
import type { Container, Pod, PodTemplateSpec } from '../../../../api/generated/core.v1';
import type { Action } from '../../../actions';
import { createPod } from '../../../pod-control';
import { jobs } from '../../../resources';
import { indexKey } from './indexes';
import { failureAnnotations, limitsIndexes, trackingFinalizer } from './tally';

const indexVariable = 'JOB_COMPLETION_INDEX';

/** The longest that a server-made suffix leaves room for. */
const generateNameMax = 58;

export function createTrackedPod(job: Job): Action {
  return createPod(jobs, job, tracked(job.spec.template));
}

/** `replaced` is the failed pod of the same index that this one follows. */
export function createIndexedPod(job: Job, index: number, replaced: Pod | undefined): Action {
  const { metadata, spec } = tracked(job.spec.template);
  const template: PodTemplateSpec = {
    metadata: {
      ...metadata!, labels: { ...metadata?.labels, [indexKey]: String(index) },
      annotations: { ...metadata?.annotations, [indexKey]: String(index), ...(limitsIndexes(job) && failureAnnotations(job, replaced)) },
    },
    spec: {
      ...spec!, hostname: `${job.metadata.name}-${index}`, containers: spec!.containers.map(withIndex),
      ...(spec!.initContainers && { initContainers: spec!.initContainers.map(withIndex) }),
    },
  };
  return createPod(jobs, job, template, generateName(job, index));
}

function generateName({ metadata: { name } }: Job, index: number): string {
  const suffix = `-${index}-`;
  return name.slice(0, generateNameMax - suffix.length) + suffix;
}

const tracked = ({ metadata, spec }: PodTemplateSpec): PodTemplateSpec =>
  ({ metadata: { ...metadata, name: metadata?.name ?? '', finalizers: [...(metadata?.finalizers ?? []).filter((each) => each !== trackingFinalizer), trackingFinalizer] }, ...(spec && { spec }) });

function withIndex<C extends Container>(container: C): C {
  if (container.env?.some(({ name }) => name === indexVariable)) return container;
  const fieldRef = { fieldPath: `metadata.labels['${indexKey}']` };
  return { ...container, env: [...(container.env ?? []), { name: indexVariable, valueFrom: { fieldRef } }] };
}

