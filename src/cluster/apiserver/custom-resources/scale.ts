import type { FieldError } from '../../../api/errors';
import type { CustomResourceSubresourceScale } from '../../../api/generated/apiextensions.v1';
import type { Unstructured } from '../../../api/meta';
import { invalidValue } from '../../../api/validation';
import { valueAt } from '../registry/subresources/value-at';

type Scale = CustomResourceSubresourceScale;

const int32Max = 2 ** 31 - 1;

/** Source: ValidateScaleSpec. */
export const scaleErrors = (object: Unstructured, scale: Scale | undefined): FieldError[] => (scale ? countErrors(object, scale.specReplicasPath) : []);

/** Source: ValidateScaleStatus. */
export function statusScaleErrors(object: Unstructured, scale: Scale | undefined): FieldError[] {
  if (!scale) return [];
  const { statusReplicasPath, labelSelectorPath } = scale;
  const selector = labelSelectorPath ? valueAt(object, labelSelectorPath) : undefined;
  return [
    ...countErrors(object, statusReplicasPath),
    ...(selector !== undefined && typeof selector !== 'string' ? [invalidValue(labelSelectorPath!, '', `${labelSelectorPath} accessor error: ${String(selector)} is of the type ${typeof selector}, expected string`)] : []),
  ];
}

function countErrors(object: Unstructured, path: string): FieldError[] {
  const count = valueAt(object, path);
  if (count === undefined) return [];
  if (typeof count !== 'number') return [invalidValue(path, 0, `${path} accessor error: ${String(count)} is of the type ${typeof count}, expected int64`)];
  if (count < 0) return [invalidValue(path, count, 'should be a non-negative integer')];
  return count > int32Max ? [invalidValue(path, count, `should be less than or equal to ${int32Max}`)] : [];
}
