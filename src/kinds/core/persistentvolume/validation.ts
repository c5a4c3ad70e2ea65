import type { FieldError } from '../../../api/errors';
import type { PersistentVolume, PersistentVolumeSource, PersistentVolumeSpec } from '../../../api/generated/core.v1';
import { canonicalQuantity, parseQuantity } from '../../../api/quantity';
import {
  forbiddenField, immutable, invalidEach, invalidValue, isDNS1123Subdomain, nameIsDNSSubdomain, notSupported, required, semanticEqual, ShownAs,
  validateObjectMeta, type Path,
} from '../../../api/validation';
import { difference } from '../../difference';
import { validateNodeSelector } from '../../pods/validation/scheduling';
import { sourceNames, validateSources } from './sources';

const accessModes = ['ReadOnlyMany', 'ReadWriteMany', 'ReadWriteOnce', 'ReadWriteOncePod'];
const reclaimPolicies = ['Delete', 'Recycle', 'Retain'];
const volumeModes = ['Block', 'Filesystem'];

function validateAccessModes(modes: readonly string[] = [], path: Path): FieldError[] {
  return [
    ...(modes.length > 0 ? [] : [required(path)]),
    ...modes.filter((mode) => !accessModes.includes(mode)).map((mode) => notSupported(path, mode, accessModes)),
    ...(modes.includes('ReadWriteOncePod') && modes.some((mode) => mode !== 'ReadWriteOncePod')
      ? [forbiddenField(path, 'may not use ReadWriteOncePod with other access modes')] : []),
  ];
}

function validateCapacity(capacity: Record<string, string> = {}, path: Path): FieldError[] {
  const names = Object.keys(capacity);
  return [
    ...(names.length > 0 ? [] : [required(path)]),
    ...(names.length === 1 && capacity.storage !== undefined ? [] : [notSupported(path, new ShownAs(JSON.stringify(capacity)), ['storage'])]),
    ...names.flatMap((name) => parseQuantity(capacity[name]!).unscaled > 0n ? []
      : [invalidValue(`${path}[${name}]`, canonicalQuantity(capacity[name]!), 'must be greater than zero')]),
  ];
}

function validateAffinity({ nodeAffinity, local }: PersistentVolumeSpec, path: Path): FieldError[] {
  const terms = nodeAffinity?.required;
  return [
    ...(terms ? validateNodeSelector(terms, `${path}.required`) : nodeAffinity ? [required(`${path}.required`, 'must specify required node constraints')] : []),
    ...(local && !terms?.nodeSelectorTerms?.length ? [required(path, 'Local volume requires node affinity')] : []),
  ];
}

function validateSpec(spec: PersistentVolumeSpec, path: Path): FieldError[] {
  const { persistentVolumeReclaimPolicy: policy, storageClassName, volumeMode, hostPath } = spec;
  return [
    ...validateAccessModes(spec.accessModes, `${path}.accessModes`),
    ...validateCapacity(spec.capacity, `${path}.capacity`),
    ...(policy && !reclaimPolicies.includes(policy) ? [notSupported(`${path}.persistentVolumeReclaimPolicy`, policy, reclaimPolicies)] : []),
    ...validateAffinity(spec, `${path}.nodeAffinity`),
    ...validateSources(spec, path),
    ...(/^\/+$/.test(hostPath?.path ?? '') && policy === 'Recycle'
      ? [forbiddenField(`${path}.persistentVolumeReclaimPolicy`, "may not be 'recycle' for a hostPath mount of '/'")] : []),
    ...(storageClassName ? invalidEach(`${path}.storageClassName`, storageClassName, isDNS1123Subdomain(storageClassName)) : []),
    ...(volumeMode === undefined || volumeModes.includes(volumeMode) ? [] : [notSupported(`${path}.volumeMode`, volumeMode, volumeModes)]),
  ];
}

/** After ValidatePersistentVolume. */
export const validateVolume = ({ metadata, spec }: PersistentVolume): FieldError[] =>
  [...validateObjectMeta(metadata, false, nameIsDNSSubdomain), ...validateSpec(spec, 'spec')];

const sourceOf = (spec: PersistentVolumeSpec): PersistentVolumeSource =>
  Object.fromEntries(sourceNames.filter((name) => spec[name] !== undefined).map((name) => [name, spec[name]]));

/** The secret for growing a volume may come late. */
function withoutLateSecret(source: PersistentVolumeSource, old: PersistentVolumeSource): PersistentVolumeSource {
  if (!source.csi || !old.csi || old.csi.controllerExpandSecretRef) return source;
  const csi = { ...source.csi };
  delete csi.controllerExpandSecretRef;
  return { ...source, csi };
}

/** After ValidatePersistentVolumeUpdate. */
export function validateVolumeUpdate({ spec }: PersistentVolume, { spec: old }: PersistentVolume): FieldError[] {
  const source = withoutLateSecret(sourceOf(spec), sourceOf(old));
  return [
    ...(semanticEqual(source, sourceOf(old)) ? [] : [forbiddenField('spec.persistentvolumesource',
      `spec.persistentvolumesource is immutable after creation\n${difference(sourceOf(old), source)}`)]),
    ...immutable('volumeMode', spec.volumeMode, old.volumeMode),
    ...(old.nodeAffinity ? immutable('nodeAffinity', spec.nodeAffinity, old.nodeAffinity) : []),
  ];
}
