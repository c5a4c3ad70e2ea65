import type { FieldError } from '../../../api/errors';
import type { CSIPersistentVolumeSource, PersistentVolumeSource } from '../../../api/generated/core.v1';
import { invalidValue, required, type Path } from '../../../api/validation';
import { isAbsolute, validateNoBacksteps } from '../../pods/validation/paths';
import { checkUnion, oneOf, present, type Check } from '../../validating';
import { validateDriverName } from '../../volume-drivers';

const hostPathTypes = ['BlockDevice', 'CharDevice', 'Directory', 'DirectoryOrCreate', 'File', 'FileOrCreate', 'Socket'];

const validateHostPath: Check<NonNullable<PersistentVolumeSource['hostPath']>> = ({ path: target, type }, path) => target
  ? [...validateNoBacksteps(target, `${path}.path`), ...(type ? oneOf(type, hostPathTypes, `${path}.type`) : [])]
  : [required(`${path}.path`)];

const secretRefs = ['controllerPublishSecretRef', 'controllerExpandSecretRef', 'nodePublishSecretRef', 'nodeExpandSecretRef'] as const;

function validateSecretRefs(source: CSIPersistentVolumeSource, path: Path): FieldError[] {
  return secretRefs.flatMap((field) => {
    const reference = source[field];
    return reference ? [...present(reference.name, `${path}.${field}.name`), ...present(reference.namespace, `${path}.${field}.namespace`)] : [];
  });
}

const anything: Check<unknown> = () => [];

/** What a volume may be made of, in the order in which upstream looks. Drivers that need hardware or a vendor are not looked into. */
const sources: { [Source in keyof PersistentVolumeSource]?: Check<NonNullable<PersistentVolumeSource[Source]>> } = {
  hostPath: validateHostPath,
  gcePersistentDisk: anything, awsElasticBlockStore: anything, glusterfs: anything, flocker: anything,
  nfs: ({ server, path: target }, path) => [
    ...present(server, `${path}.server`), ...present(target, `${path}.path`),
    ...(isAbsolute(target ?? '') ? [] : [invalidValue(`${path}.path`, target ?? '', 'must be an absolute path')]),
  ],
  rbd: anything, quobyte: anything, cephfs: anything, iscsi: anything, cinder: anything, fc: anything, flexVolume: anything, azureFile: anything,
  vsphereVolume: anything, photonPersistentDisk: anything, portworxVolume: anything, azureDisk: anything, scaleIO: anything,
  local: ({ path: target }, path) => target ? validateNoBacksteps(target, `${path}.path`) : [required(`${path}.path`)],
  storageos: anything,
  csi: (source, path) => [
    ...validateDriverName(source.driver, `${path}.driver`),
    ...present(source.volumeHandle, `${path}.volumeHandle`),
    ...validateSecretRefs(source, path),
  ],
};

export const sourceNames = Object.keys(sources) as readonly (keyof PersistentVolumeSource)[];

export function validateSources(spec: PersistentVolumeSource, path: Path): FieldError[] {
  const { errors, count } = checkUnion<PersistentVolumeSource>(spec, sources, path, 'may not specify more than 1 volume type');
  return [...errors, ...(count === 0 ? [required(path, 'must specify a volume type')] : [])];
}
