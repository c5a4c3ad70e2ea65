import type { FieldError } from '../../../api/errors';
import type { ResourceRequirements } from '../../../api/generated/core.v1';
import { canonicalQuantity, compareQuantity, parseQuantity, quantityValue, toMilli } from '../../../api/quantity';
import { forbiddenField, invalidValue, nonNegative, required, type Path } from '../../../api/validation';
import { isHugePages, mayOvercommit, validateContainerResourceName } from '../../resource-names';

function validateAmount(name: string, text: string, path: Path): FieldError[] {
  const amount = parseQuantity(text);
  return [
    ...(quantityValue(amount) < 0 || amount.unscaled < 0n ? [invalidValue(path, canonicalQuantity(text), nonNegative)] : []),
    ...(!mayOvercommit(name) && toMilli(amount) % 1000 !== 0 ? [invalidValue(path, canonicalQuantity(text), 'must be an integer')] : []),
  ];
}

const validateList = (list: Record<string, string> | undefined, path: Path): FieldError[] =>
  Object.entries(list ?? {}).flatMap(([name, amount]) => [...validateContainerResourceName(name, `${path}[${name}]`), ...validateAmount(name, amount, `${path}[${name}]`)]);

function validateWithinLimits({ requests, limits }: ResourceRequirements, path: Path): FieldError[] {
  return Object.entries(requests ?? {}).flatMap(([name, request]) => {
    const limit = limits?.[name];
    if (limit === undefined) return mayOvercommit(name) ? [] : [required(`${path}.limits`, 'Limit must be set for non overcommitable resources')];
    const order = compareQuantity(parseQuantity(request), parseQuantity(limit));
    const wrong = mayOvercommit(name) ? order > 0 && 'less than or equal to' : order !== 0 && 'equal to';
    return wrong ? [invalidValue(`${path}.requests`, canonicalQuantity(request), `must be ${wrong} ${name} limit of ${canonicalQuantity(limit)}`)] : [];
  });
}

/** After ValidateResourceRequirements. */
export function validateResources(resources: ResourceRequirements | undefined, path: Path): FieldError[] {
  if (!resources) return [];
  const names = Object.keys({ ...resources.limits, ...resources.requests });
  const hugePagesAlone = names.some(isHugePages) && !names.includes('cpu') && !names.includes('memory');
  return [
    ...validateList(resources.limits, `${path}.limits`),
    ...validateList(resources.requests, `${path}.requests`),
    ...validateWithinLimits(resources, path),
    ...(hugePagesAlone ? [forbiddenField(path, 'HugePages require cpu or memory')] : []),
  ];
}
