import type { FieldError } from '../../../api/errors';
import type { PersistentVolumeClaim, PersistentVolumeClaimSpec } from '../../../api/generated/core.v1';
import { canonicalQuantity, compareQuantity, parseQuantity } from '../../../api/quantity';
import {
  forbiddenField, immutable, invalidEach, invalidValue, isDNS1123Subdomain, nameIsDNSSubdomain, notSupported, required, semanticEqual,
  validateLabelSelector, validateObjectMeta, type Path,
} from '../../../api/validation';
import { difference } from '../../difference';

const accessModes = ['ReadOnlyMany', 'ReadWriteMany', 'ReadWriteOnce', 'ReadWriteOncePod'];
const volumeModes = ['Block', 'Filesystem'];

function validateAccessModes(modes: readonly string[] = [], path: Path): FieldError[] {
  return [
    ...(modes.length > 0 ? [] : [required(path, 'at least 1 access mode is required')]),
    ...modes.filter((mode) => !accessModes.includes(mode)).map((mode) => notSupported(path, mode, accessModes)),
    ...(modes.includes('ReadWriteOncePod') && modes.some((mode) => mode !== 'ReadWriteOncePod')
      ? [forbiddenField(path, 'may not use ReadWriteOncePod with other access modes')] : []),
  ];
}

/** Upstream leaves `requests` out of the path. */
function validateStorage(storage: string | undefined, path: Path): FieldError[] {
  if (storage === undefined) return [required(`${path}[storage]`)];
  return parseQuantity(storage).unscaled > 0n ? [] : [invalidValue(`${path}[storage]`, canonicalQuantity(storage), 'must be greater than zero')];
}

/** The spec of a claim, or of the claim template of a volume. After ValidatePersistentVolumeClaimSpec. */
function validateClaimSpec(spec: PersistentVolumeClaimSpec, path: Path): FieldError[] {
  const { storageClassName, volumeMode } = spec;
  return [
    ...validateAccessModes(spec.accessModes, `${path}.accessModes`),
    ...validateLabelSelector(spec.selector, `${path}.selector`),
    ...validateStorage(spec.resources?.requests?.storage, `${path}.resources`),
    ...(storageClassName ? invalidEach(`${path}.storageClassName`, storageClassName, isDNS1123Subdomain(storageClassName)) : []),
    ...(volumeMode === undefined || volumeModes.includes(volumeMode) ? [] : [notSupported(`${path}.volumeMode`, volumeMode, volumeModes)]),
  ];
}

export const validateClaim = ({ metadata, spec }: PersistentVolumeClaim): FieldError[] =>
  [...validateObjectMeta(metadata, true, nameIsDNSSubdomain), ...validateClaimSpec(spec, 'spec')];

const classAnnotation = 'volume.beta.kubernetes.io/storage-class';

/** The new spec with what may change set back. */
function withoutAllowedChanges({ spec, metadata, status }: PersistentVolumeClaim, { spec: old }: PersistentVolumeClaim): PersistentVolumeClaimSpec {
  const bound = status?.phase === 'Bound';
  const mayGetClass = old.storageClassName === undefined && !metadata.annotations?.[classAnnotation];
  const resources = { ...spec.resources, requests: { ...spec.resources?.requests, ...(old.resources?.requests?.storage && { storage: old.resources.requests.storage }) } };
  return {
    ...spec,
    ...(!old.volumeName && { volumeName: old.volumeName }),
    ...(mayGetClass && { storageClassName: old.storageClassName }),
    ...(bound && { resources, volumeAttributesClassName: old.volumeAttributesClassName }),
  };
}

/** After ValidatePersistentVolumeClaimUpdate. */
export function validateClaimUpdate(claim: PersistentVolumeClaim, old: PersistentVolumeClaim): FieldError[] {
  const munged = withoutAllowedChanges(claim, old);
  const [size, oldSize, capacity] = [claim.spec.resources?.requests?.storage, old.spec.resources?.requests?.storage, old.status?.capacity?.storage ?? '0']
    .map((text) => parseQuantity(text ?? '0'));
  const shrinks = compareQuantity(size!, oldSize!) < 0 && compareQuantity(size!, capacity!) <= 0;
  return [
    ...(semanticEqual(munged, old.spec) ? [] : [forbiddenField('spec',
      `spec is immutable after creation except resources.requests and volumeAttributesClassName for bound claims\n${difference(old.spec, munged)}`)]),
    ...(shrinks ? [forbiddenField('spec.resources.requests.storage', 'field can not be less than status.capacity')] : []),
    ...immutable('volumeMode', claim.spec.volumeMode, old.spec.volumeMode),
  ];
}
