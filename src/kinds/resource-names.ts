import type { FieldError } from '../api/errors';
import { invalidEach, invalidValue, isQualifiedName, type Path } from '../api/validation';

// After pkg/apis/core/helper/helpers.go.

const containerResources = ['cpu', 'memory', 'ephemeral-storage'];
const requested = ['requests.cpu', 'requests.memory', 'requests.ephemeral-storage', 'requests.storage'];
const limited = ['limits.cpu', 'limits.memory', 'limits.ephemeral-storage'];
/** Of which there can be no halves. */
const counted = ['pods', 'resourcequotas', 'services', 'replicationcontrollers', 'secrets', 'configmaps', 'persistentvolumeclaims',
  'services.nodeports', 'services.loadbalancers'];

const quotaResources = new Set([...containerResources, ...requested, ...limited, ...counted]);
const standardResources = new Set([...quotaResources, 'storage']);

export const isHugePages = (name: string) => name.startsWith('hugepages-');
const isQuotaHugePages = (name: string) => isHugePages(name) || name.startsWith('requests.hugepages-');
export const isNative = (name: string) => !name.includes('/') || name.includes('kubernetes.io/');

/** A device of some vendor: `example.com/gpu`. */
const isExtendedResource = (name: string) =>
  !isNative(name) && !name.startsWith('requests.') && isQualifiedName(`requests.${name}`).length === 0;

/** cpu, memory and the like may be asked for less than is allowed; devices may not. */
export const mayOvercommit = (name: string) => isNative(name) && !isHugePages(name);
export const isQuotaResource = (name: string) => quotaResources.has(name) || isQuotaHugePages(name);
export const isIntegerResource = (name: string) => counted.includes(name) || isExtendedResource(name);

/** A name that stands alone must be a standard one. */
export function validateResourceName(name: string, path: Path): FieldError[] {
  const malformed = invalidEach(path, name, isQualifiedName(name));
  if (malformed.length > 0) return malformed;
  const known = name.includes('/') || standardResources.has(name) || isQuotaHugePages(name);
  return known ? [] : [invalidValue(path, name, 'must be a standard resource type or fully qualified')];
}

export function validateContainerResourceName(name: string, path: Path): FieldError[] {
  if (name.includes('/')) {
    return [
      ...validateResourceName(name, path),
      ...(isNative(name) || isExtendedResource(name) ? [] : [invalidValue(path, name, "doesn't follow extended resource name standard")]),
    ];
  }
  return [
    ...validateResourceName(name, path),
    ...(containerResources.includes(name) || isHugePages(name) ? [] : [invalidValue(path, name, 'must be a standard resource for containers')]),
  ];
}
