import type { FieldError } from '../../../api/errors';
import type { ReplicaSet } from '../../../api/generated/apps.v1';
import { nameIsDNSSubdomain, nonNegativeField, validateObjectMeta } from '../../../api/validation';
import { immutableSelector, validateRestartingTemplate, validateWorkloadSelector } from '../../pods/validation/workload';

export function validateReplicaSet({ metadata, spec }: ReplicaSet): FieldError[] {
  return [
    ...validateObjectMeta(metadata, true, nameIsDNSSubdomain),
    ...nonNegativeField('spec.replicas', spec.replicas),
    ...nonNegativeField('spec.minReadySeconds', spec.minReadySeconds),
    ...validateWorkloadSelector(spec.selector, 'spec.selector'),
    ...validateRestartingTemplate(spec.template ?? {}, spec.selector, 'spec.template'),
  ];
}

export const validateReplicaSetUpdate = (set: ReplicaSet, old: ReplicaSet) =>
  immutableSelector(set.spec.selector, old.spec.selector, 'spec.selector');
