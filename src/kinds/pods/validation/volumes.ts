import type { FieldError } from '../../../api/errors';
import type { DownwardAPIVolumeFile, KeyToPath, ProjectedVolumeSource, Volume, VolumeProjection, VolumeSource } from '../../../api/generated/core.v1';
import { parseQuantity } from '../../../api/quantity';
import { forbiddenField, invalidValue, isDNS1123Label, notSupported, required, type Path } from '../../../api/validation';
import { checkUnion, duplicates, each, present, requiredBy, type Check } from '../../validating';
import { validateFieldRef, validateResourceFieldRef, volumeFields } from './field-refs';
import { isAbsolute, validateMode, validateNoBacksteps, validateNonReserved } from './paths';

const moreThanOne = 'may not specify more than 1 volume type';
const hostPathTypes = ['', 'BlockDevice', 'CharDevice', 'Directory', 'DirectoryOrCreate', 'File', 'FileOrCreate', 'Socket'];

const validateItem: Check<KeyToPath> = ({ key, path: target, mode }, path) => [
  ...present(key, `${path}.key`),
  ...present(target, `${path}.path`),
  ...validateNonReserved(target ?? '', `${path}.path`),
  ...validateMode(mode, `${path}.mode`),
];

const validateFile: Check<DownwardAPIVolumeFile> = ({ path: target, fieldRef, resourceFieldRef, mode }, path) => [
  ...present(target, `${path}.path`),
  ...validateNonReserved(target ?? '', `${path}.path`),
  ...(fieldRef ? validateFieldRef(fieldRef, volumeFields, `${path}.fieldRef`) : []),
  ...(fieldRef && resourceFieldRef ? [invalidValue(path, 'resource', 'fieldRef and resourceFieldRef can not be specified simultaneously')] : []),
  ...(!fieldRef && resourceFieldRef ? validateResourceFieldRef(resourceFieldRef, true, `${path}.resourceFieldRef`) : []),
  ...(fieldRef || resourceFieldRef ? [] : [required(path, 'one of fieldRef and resourceFieldRef is required')]),
  ...validateMode(mode, `${path}.mode`),
];

const minTokenSeconds = 600;

const projections = {
  secret: ({ name, items }, path) => [...present(name, `${path}.name`), ...each(items, `${path}.items`, validateItem)],
  configMap: ({ name, items }, path) => [...present(name, `${path}.name`), ...each(items, `${path}.items`, validateItem)],
  // Upstream leaves the position of the file out.
  downwardAPI: ({ items }, path) => (items ?? []).flatMap((file) => validateFile(file, path)),
  serviceAccountToken: ({ expirationSeconds = 3600, path: target }, path) => [
    ...(expirationSeconds < minTokenSeconds ? [invalidValue(`${path}.expirationSeconds`, expirationSeconds, 'may not specify a duration less than 10 minutes')] : []),
    ...(expirationSeconds > 2 ** 32 ? [invalidValue(`${path}.expirationSeconds`, expirationSeconds, 'may not specify a duration larger than 2^32 seconds')] : []),
    ...present(target, `${path}.path`),
  ],
  clusterTrustBundle: ({ path: target }, path) => present(target, `${path}.path`),
} satisfies { [Source in keyof VolumeProjection]-?: Check<NonNullable<VolumeProjection[Source]>> };

function projectedPaths({ secret, configMap, downwardAPI }: VolumeProjection): { of: string; target: string }[] {
  const items = (source: { name?: string; items?: KeyToPath[] } | undefined) =>
    (source?.items ?? []).map(({ path }) => ({ of: source!.name ?? '', target: path }));
  return [...items(secret), ...items(configMap), ...(downwardAPI?.items ?? []).map(({ path }) => ({ of: path, target: path }))];
}

function conflictingPaths({ sources }: ProjectedVolumeSource, path: Path): FieldError[] {
  const seen = new Set<string>();
  return (sources ?? []).flatMap(projectedPaths).flatMap(({ of, target }) => {
    const conflict = target && seen.has(target) ? [invalidValue(path, of, 'conflicting duplicate paths')] : [];
    seen.add(target);
    return conflict;
  });
}

const validateProjection: Check<VolumeProjection> = (projection, path) => {
  const names = (Object.keys(projections) as (keyof VolumeProjection)[]).filter((name) => projection[name]);
  return [
    ...names.flatMap((name) => (projections[name] as Check<unknown>)(projection[name], `${path}.${name}`)),
    ...(names.length > 1 ? [forbiddenField(path, moreThanOne)] : []),
  ];
};

const anything: Check<unknown> = () => [];

/** What a pod may mount, in the order in which upstream looks. Drivers that need hardware or a vendor are not looked into. */
const sources: { [Source in keyof VolumeSource]?: Check<NonNullable<VolumeSource[Source]>> } = {
  emptyDir: ({ sizeLimit }, path) => sizeLimit !== undefined && parseQuantity(sizeLimit).unscaled < 0n
    ? [forbiddenField(`${path}.sizeLimit`, 'SizeLimit field must be a valid resource quantity')] : [],
  hostPath: ({ path: target, type = '' }, path) => target
    ? [...validateNoBacksteps(target, `${path}.path`), ...(hostPathTypes.includes(type) ? [] : [notSupported(`${path}.type`, type, hostPathTypes)])]
    : [required(`${path}.path`)],
  gitRepo: anything, gcePersistentDisk: anything, awsElasticBlockStore: anything,
  secret: ({ secretName, defaultMode, items }, path) => [
    ...present(secretName, `${path}.secretName`), ...validateMode(defaultMode, `${path}.defaultMode`), ...each(items, `${path}.items`, validateItem),
  ],
  nfs: ({ server, path: target }, path) => [
    ...present(server, `${path}.server`), ...present(target, `${path}.path`),
    ...(isAbsolute(target ?? '') ? [] : [invalidValue(`${path}.path`, target ?? '', 'must be an absolute path')]),
  ],
  iscsi: anything, glusterfs: anything, flocker: anything,
  persistentVolumeClaim: ({ claimName }, path) => present(claimName, `${path}.claimName`),
  rbd: anything, cinder: anything, cephfs: anything, quobyte: anything,
  downwardAPI: ({ defaultMode, items }, path) => [
    ...validateMode(defaultMode, `${path}.defaultMode`), ...(items ?? []).flatMap((file) => validateFile(file, path)),
  ],
  fc: anything, flexVolume: anything,
  configMap: ({ name, defaultMode, items }, path) => [
    ...present(name, `${path}.name`), ...validateMode(defaultMode, `${path}.defaultMode`), ...each(items, `${path}.items`, validateItem),
  ],
  azureFile: anything, vsphereVolume: anything, photonPersistentDisk: anything, portworxVolume: anything, azureDisk: anything,
  storageos: anything,
  projected: (source, path) => [
    ...validateMode(source.defaultMode, `${path}.defaultMode`), ...each(source.sources, `${path}.sources`, validateProjection), ...conflictingPaths(source, path),
  ],
  scaleIO: anything,
  csi: ({ driver }, path) => present(driver, `${path}.driver`),
  ephemeral: ({ volumeClaimTemplate }, path) => present(volumeClaimTemplate, `${path}.volumeClaimTemplate`),
  image: ({ reference }, path) => present(reference, `${path}.reference`),
};

const validateVolume: Check<Volume> = (volume, path) => {
  const { errors, count } = checkUnion<VolumeSource>(volume, sources, path, moreThanOne);
  return [
    ...errors,
    ...(count === 0 ? [required(path, 'must specify a volume type')] : []),
    ...requiredBy(isDNS1123Label, volume.name, `${path}.name`),
  ];
};

export function validateVolumes(volumes: Volume[] | undefined, path: Path): FieldError[] {
  return [...each(volumes, path, validateVolume), ...duplicates((volumes ?? []).map(({ name }) => name), (i) => `${path}[${i}].name`)];
}
