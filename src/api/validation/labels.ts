import type { FieldError } from '../errors';
import type { LabelSelector } from '../meta';
import { forbiddenField, invalidEach, invalidValue, required } from './errors';
import { isLabelValue, isQualifiedName } from './names';
import { child, index, type Path } from './path';

export const validateLabelName = (name: string, path: Path): FieldError[] => invalidEach(path, name, isQualifiedName(name));

export function validateLabels(labels: Record<string, string> | undefined, path: Path): FieldError[] {
  return Object.entries(labels ?? {}).flatMap(([name, value]) => [
    ...validateLabelName(name, path),
    ...invalidEach(path, value, isLabelValue(value)),
  ]);
}

type Requirement = NonNullable<LabelSelector['matchExpressions']>[number];

function validateOperator({ operator, values }: Requirement, path: Path): FieldError[] {
  switch (operator) {
    case 'In':
    case 'NotIn':
      return values?.length ? [] : [required(child(path, 'values'), "must be specified when `operator` is 'In' or 'NotIn'")];
    case 'Exists':
    case 'DoesNotExist':
      return values?.length ? [forbiddenField(child(path, 'values'), "may not be specified when `operator` is 'Exists' or 'DoesNotExist'")] : [];
    default:
      return [invalidValue(child(path, 'operator'), operator, 'not a valid selector operator')];
  }
}

const validateRequirement = (requirement: Requirement, path: Path): FieldError[] => [
  ...validateOperator(requirement, path),
  ...validateLabelName(requirement.key, child(path, 'key')),
  ...(requirement.values ?? []).flatMap((value, i) => invalidEach(index(child(path, 'values'), i), value, isLabelValue(value))),
];

/** Source: ValidateLabelSelector. */
export function validateLabelSelector(selector: LabelSelector | undefined, path: Path): FieldError[] {
  if (!selector) return [];
  return [
    ...validateLabels(selector.matchLabels, child(path, 'matchLabels')),
    ...(selector.matchExpressions ?? []).flatMap((requirement, i) => validateRequirement(requirement, index(child(path, 'matchExpressions'), i))),
  ];
}
