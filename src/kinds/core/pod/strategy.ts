import type { Pod } from '../../../api/generated/core.v1';
import type { Strategy } from '../../kind';
import { defaultPod, defaultPodSpec } from '../../pods/defaults';
import { qosClassOf } from '../../pods/qos';
import { podSpecWarnings } from '../../pods/warnings';
import { ephemeralContainersPart } from './ephemeral';
import { resizePart } from './resize';
import { isTerminalPhase } from './summary';
import { validatePodUpdate } from './update-validation';
import { validatePod, validatePodStatusUpdate } from './validation';

/** A pod that waits for its gates says so from the start. */
function gatedCondition({ spec }: Pod) {
  if (!spec.schedulingGates?.length) return {};
  return {
    conditions: [{
      type: 'PodScheduled', status: 'False', reason: 'SchedulingGated', message: 'Scheduling is blocked due to non-empty scheduling gates',
    }],
  };
}

/** After pkg/registry/core/pod/strategy.go. */
export const podStrategy: Strategy<Pod> = {
  setDefaults({ spec }) {
    defaultPodSpec(spec);
    defaultPod(spec);
  },
  prepareForCreate(pod) {
    pod.status = { phase: 'Pending', qosClass: qosClassOf(pod.spec), ...gatedCondition(pod) };
  },
  resetFields: { status: [['metadata', 'deletionTimestamp'], ['metadata', 'ownerReferences']] },
  prepareForStatusUpdate(pod, old) {
    pod.spec = old.spec;
    pod.metadata.deletionTimestamp = old.metadata.deletionTimestamp;
    pod.metadata.ownerReferences = old.metadata.ownerReferences;
    if (pod.status) pod.status.qosClass ||= old.status?.qosClass;
  },
  validate: validatePod,
  validateUpdate: validatePodUpdate,
  validateStatusUpdate: validatePodStatusUpdate,
  parts: { ephemeralcontainers: ephemeralContainersPart, resize: resizePart },
  warnings: (pod, old) => old ? [] : podSpecWarnings(pod.spec, pod.metadata, 'spec'),
  gracePeriodSeconds(pod, requested) {
    const nothingToStop = !pod.spec.nodeName || isTerminalPhase(pod.status?.phase);
    const period = nothingToStop ? 0 : requested ?? pod.spec.terminationGracePeriodSeconds ?? 0;
    return period < 0 ? 1 : period;
  },
};
