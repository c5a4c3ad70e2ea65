import type { FieldError } from '../errors';
import { codePoint, isPrint, quote } from '../go/quote';
import type { ObjectMeta, OwnerReference } from '../meta';
import { semanticEqual } from './equal';
import { forbiddenField, invalidEach, invalidValue, required, tooLong } from './errors';
import { validateLabels } from './labels';
import { isQualifiedName, nameIsDNSLabel, type NameRule } from './names';
import { child, index, type Path } from './path';
import { fieldIsImmutable, nonNegative } from './wording';

const annotationsMaxBytes = 256 * 1024;

export const nonNegativeField = (path: Path, value: number | undefined): FieldError[] =>
  (value ?? 0) < 0 ? [invalidValue(path, value, nonNegative)] : [];

/** `value` is what the update brings, `old` what is stored. */
export const immutable = (path: Path, value: unknown, old: unknown): FieldError[] =>
  semanticEqual(value, old) ? [] : [invalidValue(path, value, fieldIsImmutable)];

export function validateAnnotations(annotations: Record<string, string> | undefined, path: Path): FieldError[] {
  const entries = Object.entries(annotations ?? {});
  const bytes = entries.reduce((sum, [name, value]) => sum + Buffer.byteLength(name) + Buffer.byteLength(value), 0);
  return [
    ...entries.flatMap(([name]) => invalidEach(path, name, isQualifiedName(name.toLowerCase()))),
    ...(bytes > annotationsMaxBytes ? [tooLong(path, annotationsMaxBytes)] : []),
  ];
}

const ownerFields = { apiVersion: 'version', kind: 'kind', name: 'name', uid: 'uid' } as const;

function validateOwner(owner: OwnerReference, path: Path): FieldError[] {
  const errors = (Object.keys(ownerFields) as (keyof typeof ownerFields)[])
    .filter((field) => !owner[field])
    .map((field) => invalidValue(child(path, field), owner[field] ?? '', `${ownerFields[field]} must not be empty`));
  if (owner.apiVersion === 'v1' && owner.kind === 'Event') {
    errors.push(invalidValue(path, owner, '/v1, Kind=Event is disallowed from being an owner'));
  }
  return errors;
}

function validateOwnerReferences(owners: OwnerReference[] | undefined, path: Path): FieldError[] {
  const [first, ...others] = (owners ?? []).filter((owner) => owner.controller).map((owner) => `${owner.kind}/${owner.name}`);
  return [
    ...(owners ?? []).flatMap((owner) => validateOwner(owner, path)),
    ...others.map((other) => invalidValue(path, owners,
      `Only one reference can have Controller set to true. Found "true" in references for ${first} and ${other}`)),
  ];
}

export function validateFinalizers(finalizers: string[] | undefined, path: Path): FieldError[] {
  const errors = (finalizers ?? []).flatMap((name) => invalidEach(path, name, isQualifiedName(name)));
  if (finalizers?.includes('orphan') && finalizers.includes('foregroundDeletion')) {
    errors.push(invalidValue(path, finalizers, 'finalizer orphan and foregroundDeletion cannot be both set'));
  }
  return errors;
}

/** The `fieldManager` of a write. Source: ValidateFieldManager. */
export function validateFieldManager(manager: string | undefined, path: Path): FieldError[] {
  const name = manager ?? '';
  if (/^[ -~]{0,128}$/.test(name)) return [];
  const unprintable = [...name].flatMap((char, at) => (isPrint(char) ? [] : [{ char, at }]));
  return [
    ...(Buffer.byteLength(name) > 128 ? [tooLong(path, 128)] : []),
    ...unprintable.map(({ char, at }) => invalidValue(path, name, `invalid character ${codePoint(char)} (at position ${at})`)),
  ];
}

type ManagedFields = NonNullable<ObjectMeta['managedFields']>[number];

function validateManagedFields(entry: ManagedFields, path: Path): FieldError[] {
  const { operation, fieldsType, manager, subresource } = entry;
  return [
    ...(operation === 'Apply' || operation === 'Update' ? [] : [invalidValue(child(path, 'operation'), operation ?? '', 'must be `Apply` or `Update`')]),
    ...(!fieldsType || fieldsType === 'FieldsV1' ? [] : [invalidValue(child(path, 'fieldsType'), fieldsType, 'must be `FieldsV1`')]),
    ...validateFieldManager(manager, child(path, 'manager')),
    ...((subresource ?? '').length > 256 ? [tooLong(child(path, 'subresource'), 256)] : []),
  ];
}

function validateName(meta: ObjectMeta, rule: NameRule, path: Path): FieldError[] {
  const { name, generateName } = meta;
  return [
    ...(generateName ? invalidEach(child(path, 'generateName'), generateName, rule(generateName, true)) : []),
    ...(name ? invalidEach(child(path, 'name'), name, rule(name, false)) : [required(child(path, 'name'), 'name or generateName is required')]),
  ];
}

function validateNamespace({ namespace }: ObjectMeta, namespaced: boolean, path: Path): FieldError[] {
  if (!namespaced) return namespace ? [forbiddenField(path, 'not allowed on this type')] : [];
  return namespace ? invalidEach(path, namespace, nameIsDNSLabel(namespace, false)) : [required(path)];
}

/** What a create and an update check alike. */
const validateCommon = (meta: ObjectMeta, path: Path): FieldError[] => [
  ...validateLabels(meta.labels, child(path, 'labels')),
  ...validateAnnotations(meta.annotations, child(path, 'annotations')),
  ...validateOwnerReferences(meta.ownerReferences, child(path, 'ownerReferences')),
];

const validateAllManagedFields = (meta: ObjectMeta, path: Path) =>
  (meta.managedFields ?? []).flatMap((entry, i) => validateManagedFields(entry, index(child(path, 'managedFields'), i)));

/** metadata of a new object, its name generated already. Source: ValidateObjectMeta. */
export function validateObjectMeta(meta: ObjectMeta, namespaced: boolean, nameRule: NameRule, path: Path = 'metadata'): FieldError[] {
  return [
    ...validateName(meta, nameRule, path),
    ...validateNamespace(meta, namespaced, child(path, 'namespace')),
    ...nonNegativeField(child(path, 'generation'), meta.generation),
    ...validateCommon(meta, path),
    ...validateFinalizers(meta.finalizers, child(path, 'finalizers')),
    ...validateAllManagedFields(meta, path),
  ];
}

function noNewFinalizers(meta: ObjectMeta, old: ObjectMeta, path: Path): FieldError[] {
  if (!old.deletionTimestamp) return [];
  const extra = [...new Set(meta.finalizers)].filter((name) => !old.finalizers?.includes(name)).sort();
  if (!extra.length) return [];
  return [forbiddenField(path,
    `no new finalizers can be added if the object is being deleted, found new finalizers []string{${extra.map(quote).join(', ')}}`)];
}

const immutableMeta = ['name', 'namespace', 'uid', 'creationTimestamp', 'deletionTimestamp', 'deletionGracePeriodSeconds'] as const;

/** metadata of an update against the stored one. Source: ValidateObjectMetaUpdate. */
export function validateObjectMetaUpdate(meta: ObjectMeta, old: ObjectMeta, path: Path = 'metadata'): FieldError[] {
  return [
    ...noNewFinalizers(meta, old, child(path, 'finalizers')),
    ...(meta.resourceVersion ? [] : [invalidValue(child(path, 'resourceVersion'), '', 'must be specified for an update')]),
    ...((meta.generation ?? 0) < (old.generation ?? 0) ? [invalidValue(child(path, 'generation'), meta.generation ?? 0, 'must not be decremented')] : []),
    ...immutableMeta.flatMap((field) => immutable(child(path, field), meta[field], old[field])),
    ...validateCommon(meta, path),
    ...validateAllManagedFields(meta, path),
  ];
}
