import type { FieldError } from '../../../api/errors';
import type { ResourceRequirements } from '../../../api/generated/core.v1';
import { canonicalQuantity, compareQuantity, parseQuantity, quantityValue, toMilli } from '../../../api/quantity';
import { forbiddenField, invalidEach, invalidValue, isQualifiedName, nonNegative, required, type Path } from '../../../api/validation';

const standardContainer = ['cpu', 'memory', 'ephemeral-storage'];
/** Known elsewhere (quota, claims), so the sentence about them is another. */
const standard = [...standardContainer, 'requests.cpu', 'requests.memory', 'requests.ephemeral-storage', 'limits.cpu', 'limits.memory',
  'limits.ephemeral-storage', 'pods', 'resourcequotas', 'services', 'replicationcontrollers', 'secrets', 'configmaps', 'persistentvolumeclaims',
  'storage', 'services.nodeports', 'services.loadbalancers', 'requests.storage'];

const isHugePages = (name: string) => name.startsWith('hugepages-');
const isNative = (name: string) => !name.includes('/') || name.includes('kubernetes.io/');
const isExtended = (name: string) => !isNative(name) && !name.startsWith('requests.') && isQualifiedName(`requests.${name}`).length === 0;
/** cpu, memory and the like may be asked for less than is allowed; devices may not. */
const mayOvercommit = (name: string) => isNative(name) && !isHugePages(name);

function validateName(name: string, path: Path): FieldError[] {
  const malformed = invalidEach(path, name, isQualifiedName(name));
  if (malformed.length > 0) return malformed;
  if (name.includes('/')) return isNative(name) || isExtended(name) ? [] : [invalidValue(path, name, "doesn't follow extended resource name standard")];
  if (standardContainer.includes(name) || isHugePages(name)) return [];
  const unknown = standard.includes(name) ? [] : [invalidValue(path, name, 'must be a standard resource type or fully qualified')];
  return [...unknown, invalidValue(path, name, 'must be a standard resource for containers')];
}

function validateAmount(name: string, text: string, path: Path): FieldError[] {
  const amount = parseQuantity(text);
  return [
    ...(quantityValue(amount) < 0 || amount.unscaled < 0n ? [invalidValue(path, canonicalQuantity(text), nonNegative)] : []),
    ...(!mayOvercommit(name) && toMilli(amount) % 1000 !== 0 ? [invalidValue(path, canonicalQuantity(text), 'must be an integer')] : []),
  ];
}

const validateList = (list: Record<string, string> | undefined, path: Path): FieldError[] =>
  Object.entries(list ?? {}).flatMap(([name, amount]) => [...validateName(name, `${path}[${name}]`), ...validateAmount(name, amount, `${path}[${name}]`)]);

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
