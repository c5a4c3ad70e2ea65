import type { StatefulSet } from '../../../api/generated/apps.v1';
import { defaultClaim } from '../../claims';
import type { Strategy } from '../../kind';
import { defaultPodTemplate } from '../../pods/defaults';
import { templateWarnings } from '../../pods/warnings';
import { validateStatefulSet, validateStatefulSetStatus, validateStatefulSetUpdate } from './validation';

function defaultUpdateStrategy({ spec }: StatefulSet): void {
  const strategy = spec.updateStrategy ??= {};
  if (!strategy.type) {
    strategy.type = 'RollingUpdate';
    strategy.rollingUpdate ??= {};
  }
  if (strategy.type === 'RollingUpdate' && strategy.rollingUpdate) strategy.rollingUpdate.partition ??= 0;
}

function defaultRetention({ spec }: StatefulSet): void {
  const policy = spec.persistentVolumeClaimRetentionPolicy ??= {};
  policy.whenDeleted ||= 'Retain';
  policy.whenScaled ||= 'Retain';
}

const historyWarning = 'spec.revisionHistoryLimit: a negative value retains all historical revisions; a value >= 0 is recommended';

/** After SetDefaults_StatefulSet and pkg/registry/apps/statefulset/strategy.go. */
export const statefulSetStrategy: Strategy<StatefulSet> = {
  setDefaults(set) {
    const { spec } = set;
    spec.podManagementPolicy ||= 'OrderedReady';
    defaultUpdateStrategy(set);
    defaultRetention(set);
    spec.replicas ??= 1;
    spec.revisionHistoryLimit ??= 10;
    defaultPodTemplate(spec.template);
    spec.volumeClaimTemplates?.forEach(defaultClaim);
  },
  prepareForCreate(set) {
    set.status = { replicas: 0, availableReplicas: 0 };
  },
  validate: validateStatefulSet,
  validateUpdate: validateStatefulSetUpdate,
  validateStatusUpdate: validateStatefulSetStatus,
  warnings: (set, old) => [
    ...templateWarnings(set.spec.template, old?.spec.template),
    ...((set.spec.revisionHistoryLimit ?? 0) < 0 ? [historyWarning] : []),
  ],
};
