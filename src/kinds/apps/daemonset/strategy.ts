import type { DaemonSet } from '../../../api/generated/apps.v1';
import { semanticEqual } from '../../../api/validation';
import type { Strategy } from '../../kind';
import { defaultPodTemplate } from '../../pods/defaults';
import { templateWarnings } from '../../pods/warnings';
import { validateDaemonSet, validateDaemonSetStatus, validateDaemonSetUpdate } from './validation';

/** What was a field of the first versions. The server counts the changes of the template in it; no client can. */
const generationAnnotation = 'deprecated.daemonset.template.generation';

const templateGeneration = ({ metadata }: DaemonSet) => Number(metadata.annotations?.[generationAnnotation] ?? 0) || 0;

function setTemplateGeneration({ metadata }: DaemonSet, generation: number): void {
  metadata.annotations = { ...metadata.annotations, [generationAnnotation]: String(generation) };
}

function defaultUpdateStrategy({ spec }: DaemonSet): void {
  const strategy = spec.updateStrategy ??= {};
  strategy.type ||= 'RollingUpdate';
  if (strategy.type !== 'RollingUpdate') return;
  strategy.rollingUpdate ??= {};
  strategy.rollingUpdate.maxUnavailable ??= 1;
  strategy.rollingUpdate.maxSurge ??= 0;
}

/** After SetDefaults_DaemonSet and pkg/registry/apps/daemonset/strategy.go. */
export const daemonSetStrategy: Strategy<DaemonSet> = {
  setDefaults(set) {
    defaultUpdateStrategy(set);
    set.spec.revisionHistoryLimit ??= 10;
    defaultPodTemplate(set.spec.template);
  },
  prepareForCreate(set) {
    set.status = { currentNumberScheduled: 0, numberMisscheduled: 0, desiredNumberScheduled: 0, numberReady: 0 };
    setTemplateGeneration(set, Math.max(1, templateGeneration(set)));
  },
  prepareForUpdate(set, old) {
    setTemplateGeneration(set, templateGeneration(old) + (semanticEqual(set.spec.template, old.spec.template) ? 0 : 1));
  },
  validate: validateDaemonSet,
  validateUpdate: validateDaemonSetUpdate,
  validateStatusUpdate: validateDaemonSetStatus,
  warnings: (set, old) => templateWarnings(set.spec.template, old?.spec.template),
};
