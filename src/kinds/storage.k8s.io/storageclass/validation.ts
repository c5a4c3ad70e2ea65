import type { FieldError } from '../../../api/errors';
import type { TopologySelectorTerm } from '../../../api/generated/core.v1';
import type { StorageClass } from '../../../api/generated/storage.v1';
import {
  duplicate, forbiddenField, immutable, invalidEach, invalidValue, isQualifiedName, nameIsDNSSubdomain, notSupported, required, semanticEqual,
  tooLong, validateLabelName, validateObjectMeta, type Path,
} from '../../../api/validation';

const parametersMax = 512;
const parametersMaxBytes = 256 * 1024;

function validateParameters(parameters: Record<string, string> = {}, path: Path): FieldError[] {
  const entries = Object.entries(parameters);
  if (entries.length > parametersMax) return [tooLong(path, parametersMax)];
  const bytes = entries.reduce((sum, [name, value]) => sum + Buffer.byteLength(name) + Buffer.byteLength(value), 0);
  return [
    ...entries.filter(([name]) => !name).map(([name]) => invalidValue(path, name, 'field can not be empty.')),
    ...(bytes > parametersMaxBytes ? [tooLong(path, parametersMaxBytes)] : []),
  ];
}

function validateTopology({ matchLabelExpressions }: TopologySelectorTerm, path: Path): FieldError[] {
  const expressions = matchLabelExpressions ?? [];
  return expressions.flatMap(({ key, values }, i) => {
    const at = `${path}.matchLabelExpressions[${i}]`;
    const repeated = (values ?? []).flatMap((value, j) => values!.indexOf(value) < j ? [duplicate(`${at}.values[${j}]`, value)] : []);
    return [
      ...(expressions.findIndex((other) => other.key === key) < i ? [duplicate(`${at}.key`, key)] : []),
      ...(values?.length ? repeated : [required(`${at}.values`)]),
      ...validateLabelName(key ?? '', `${at}.key`),
    ];
  });
}

function validateTopologies(topologies: readonly TopologySelectorTerm[], path: Path): FieldError[] {
  return topologies.flatMap((term, i) => [
    ...validateTopology(term, `${path}[${i}]`),
    ...(topologies.findIndex((other) => semanticEqual(other, term)) < i ? [duplicate(`${path}[${i}].matchLabelExpressions`, '')] : []),
  ]);
}

const oneOfListed = (value: string | undefined, supported: readonly string[], path: Path) =>
  value && supported.includes(value) ? [] : [notSupported(path, value ?? '', supported)];

/** After ValidateStorageClass. */
export function validateStorageClass({ metadata, provisioner, parameters, reclaimPolicy, volumeBindingMode, allowedTopologies }: StorageClass): FieldError[] {
  return [
    ...validateObjectMeta(metadata, false, nameIsDNSSubdomain),
    ...(provisioner ? invalidEach('provisioner', provisioner.toLowerCase(), isQualifiedName(provisioner.toLowerCase())) : [required('provisioner')]),
    ...validateParameters(parameters, 'parameters'),
    ...(reclaimPolicy ? oneOfListed(reclaimPolicy, ['Delete', 'Retain'], 'reclaimPolicy') : []),
    ...oneOfListed(volumeBindingMode, ['Immediate', 'WaitForFirstConsumer'], 'volumeBindingMode'),
    ...validateTopologies(allowedTopologies ?? [], 'allowedTopologies'),
  ];
}

const fixed = ['parameters', 'provisioner', 'reclaimPolicy'] as const;

export function validateStorageClassUpdate(storageClass: StorageClass, old: StorageClass): FieldError[] {
  return [
    ...fixed.filter((field) => !semanticEqual(storageClass[field], old[field])).map((field) => forbiddenField(field, `updates to ${field} are forbidden.`)),
    ...immutable('volumeBindingMode', storageClass.volumeBindingMode, old.volumeBindingMode),
  ];
}
