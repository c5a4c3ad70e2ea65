import type { FieldError } from '../../../api/errors';
import type { ReplicationController } from '../../../api/generated/core.v1';
import { nameIsDNSSubdomain, nonNegativeField, required, validateObjectMeta } from '../../../api/validation';
import type { Strategy } from '../../kind';
import { defaultPodTemplate } from '../../pods/defaults';
import { validateCounts } from '../../pods/validation/counts';
import { validateRestartingTemplate } from '../../pods/validation/workload';
import { podNamesWarnings, templateWarnings } from '../../pods/warnings';

const isEmpty = (map: Record<string, string> | undefined) => Object.keys(map ?? {}).length === 0;

/** The labels of the template are those of the controller and its selector, unless it has others. */
function defaultLabels({ metadata, spec }: ReplicationController): void {
  const labels = spec.template?.metadata?.labels;
  if (!labels) return;
  if (isEmpty(spec.selector)) spec.selector = { ...labels };
  if (isEmpty(metadata.labels)) metadata.labels = { ...labels };
}

function validate({ metadata, spec }: ReplicationController): FieldError[] {
  const selector = isEmpty(spec.selector) ? undefined : { matchLabels: spec.selector! };
  return [
    ...validateObjectMeta(metadata, true, nameIsDNSSubdomain),
    ...nonNegativeField('spec.minReadySeconds', spec.minReadySeconds),
    ...(selector ? [] : [required('spec.selector')]),
    ...nonNegativeField('spec.replicas', spec.replicas),
    ...(spec.template ? validateRestartingTemplate(spec.template, selector, 'spec.template', 'ReplicationController') : [required('spec.template')]),
  ];
}

/** After SetDefaults_ReplicationController and pkg/registry/core/replicationcontroller/strategy.go. */
export const replicationControllerStrategy: Strategy<ReplicationController> = {
  setDefaults(controller) {
    defaultLabels(controller);
    controller.spec.replicas ??= 1;
    defaultPodTemplate(controller.spec.template);
  },
  prepareForCreate(controller) {
    controller.status = { replicas: 0 };
  },
  validate,
  validateStatusUpdate: ({ status }) => validateCounts({ ...status }, {
    counts: ['replicas', 'fullyLabeledReplicas', 'readyReplicas', 'availableReplicas', 'observedGeneration'],
    ordered: [['fullyLabeledReplicas', 'replicas'], ['readyReplicas', 'replicas'], ['availableReplicas', 'replicas'], ['availableReplicas', 'readyReplicas']],
  }),
  warnings: (controller, old) => [
    ...(old ? [] : podNamesWarnings(controller.metadata.name)),
    ...templateWarnings(controller.spec.template, old?.spec.template),
  ],
  defaultPropagation: 'Orphan',
};
