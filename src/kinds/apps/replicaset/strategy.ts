import type { ReplicaSet } from '../../../api/generated/apps.v1';
import type { Strategy } from '../../kind';
import { defaultPodTemplate } from '../../pods/defaults';
import { podNamesWarnings, templateWarnings } from '../../pods/warnings';
import { validateReplicaSet, validateReplicaSetUpdate } from './validation';

/** After SetDefaults_ReplicaSet and pkg/registry/apps/replicaset/strategy.go. */
export const replicaSetStrategy: Strategy<ReplicaSet> = {
  setDefaults({ spec }) {
    spec.replicas ??= 1;
    defaultPodTemplate(spec.template);
  },
  prepareForCreate(set) {
    set.status = { replicas: 0 };
  },
  validate: validateReplicaSet,
  validateUpdate: validateReplicaSetUpdate,
  warnings: (set, old) => [
    ...(old ? [] : podNamesWarnings(set.metadata.name)),
    ...templateWarnings(set.spec.template, old?.spec.template),
  ],
};
