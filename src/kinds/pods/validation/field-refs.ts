import type { FieldError } from '../../../api/errors';
import type { ObjectFieldSelector, ResourceFieldSelector } from '../../../api/generated/core.v1';
import { canonicalQuantity, isZeroQuantity, parseQuantity } from '../../../api/quantity';
import { invalidEach, invalidValue, isQualifiedName, notSupported, required, type Path } from '../../../api/validation';

/** Fields of a pod that the downward API knows. */
const convertible = ['metadata.annotations', 'metadata.labels', 'metadata.name', 'metadata.namespace', 'metadata.uid', 'spec.nodeName',
  'spec.restartPolicy', 'spec.serviceAccountName', 'spec.schedulerName', 'status.phase', 'status.hostIP', 'status.hostIPs', 'status.podIP',
  'status.podIPs'];

export const envFields = ['metadata.name', 'metadata.namespace', 'metadata.uid', 'spec.nodeName', 'spec.serviceAccountName',
  'status.hostIP', 'status.hostIPs', 'status.podIP', 'status.podIPs'];
export const volumeFields = ['metadata.name', 'metadata.namespace', 'metadata.labels', 'metadata.annotations', 'metadata.uid'];

const subscripted = /^(metadata\.(?:annotations|labels))\['(.*)'\]$/;

/** After validateObjectFieldSelector. */
export function validateFieldRef({ apiVersion, fieldPath }: ObjectFieldSelector, allowed: readonly string[], path: Path): FieldError[] {
  if (!apiVersion) return [required(`${path}.apiVersion`)];
  if (!fieldPath) return [required(`${path}.fieldPath`)];
  const [, map, key] = subscripted.exec(fieldPath) ?? [];
  if (map) return invalidEach(path, key, isQualifiedName(map.endsWith('annotations') ? key!.toLowerCase() : key!));
  if (!convertible.includes(fieldPath)) {
    return [invalidValue(`${path}.fieldPath`, fieldPath, `error converting fieldPath: field label not supported: ${fieldPath}`)];
  }
  return allowed.includes(fieldPath) ? [] : [notSupported(`${path}.fieldPath`, fieldPath, allowed)];
}

const amounts = ['cpu', 'memory', 'ephemeral-storage'];
const resources = ['limits', 'requests'].flatMap((list) => amounts.map((amount) => `${list}.${amount}`));
const hugePages = /^(limits|requests)\.hugepages-/;
const sizeDivisors = ['1', '1k', '1M', '1G', '1T', '1P', '1E', '1Ki', '1Mi', '1Gi', '1Ti', '1Pi', '1Ei'];

const divisors: readonly { of: RegExp; allowed: readonly string[]; message: string }[] = [
  { of: /\.cpu$/, allowed: ['1m', '1'], message: "only divisor's values 1m and 1 are supported with the cpu resource" },
  ...([['memory', 'memory'], ['ephemeral-storage', 'local ephemeral storage'], ['hugepages-.*', 'hugepages']] as const).map(([name, shown]) => ({
    of: new RegExp(`\\.${name}$`),
    allowed: sizeDivisors,
    message: `only divisor's values ${sizeDivisors.join(', ')} are supported with the ${shown} resource`,
  })),
];

function validateDivisor({ resource, divisor }: ResourceFieldSelector, path: Path): FieldError[] {
  if (divisor === undefined || isZeroQuantity(parseQuantity(divisor))) return [];
  const rule = divisors.find(({ of }) => of.test(resource));
  return !rule || rule.allowed.includes(canonicalQuantity(divisor)) ? [] : [invalidValue(`${path}.divisor`, resource, rule.message)];
}

/** After validateContainerResourceFieldSelector. A volume has no container of its own, so it must name one. */
export function validateResourceFieldRef(reference: ResourceFieldSelector, inVolume: boolean, path: Path): FieldError[] {
  const { containerName, resource } = reference;
  const errors = validateDivisor(reference, path);
  if (inVolume && !containerName) return [required(`${path}.containerName`), ...errors];
  if (!resource) return [required(`${path}.resource`), ...errors];
  const known = resources.includes(resource) || hugePages.test(resource);
  return known ? errors : [notSupported(`${path}.resource`, resource, resources), ...errors];
}
