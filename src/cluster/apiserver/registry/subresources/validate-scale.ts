import { invalid } from '../../../../api/errors';
import type { Unstructured } from '../../../../api/meta';
import { invalidValue } from '../../../../api/validation';

/** Source: ValidateScale in k8s.io/kubernetes/pkg/apis/autoscaling/validation. */
export function validateScale(scale: Unstructured): void {
  const { replicas = 0 } = (scale.spec ?? {}) as { replicas?: number };
  if (replicas < 0) {
    throw invalid({ group: 'autoscaling', kind: 'Scale' }, scale.metadata.name ?? '', [invalidValue('spec.replicas', replicas, 'must be greater than or equal to 0')]);
  }
}
