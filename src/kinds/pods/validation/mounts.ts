import type { FieldError } from '../../../api/errors';
import type { Container, EphemeralContainer, Volume, VolumeDevice, VolumeMount } from '../../../api/generated/core.v1';
import { fieldNotFound, forbiddenField, invalidValue, notSupported, type Path } from '../../../api/validation';
import { each, present } from '../../validating';
import { validateDescending, validateNoBacksteps } from './paths';

type AnyContainer = Container | EphemeralContainer;

const propagations = ['Bidirectional', 'HostToContainer', 'None'];

function validatePropagation(mode: string | undefined, { securityContext }: AnyContainer, path: Path): FieldError[] {
  if (mode === undefined) return [];
  return [
    ...(propagations.includes(mode) ? [] : [notSupported(path, mode, propagations)]),
    ...(mode === 'Bidirectional' && !securityContext?.privileged
      ? [forbiddenField(path, 'Bidirectional mount propagation is available only to privileged containers')] : []),
  ];
}

/** `all` is the path of the list: upstream names it for sub-paths and propagation. */
function validateMount(mount: VolumeMount, container: AnyContainer, volumes: readonly Volume[], path: Path, all: Path): FieldError[] {
  const { name, mountPath, subPath, subPathExpr, mountPropagation } = mount;
  return [
    ...present(name, `${path}.name`),
    ...(volumes.some((volume) => volume.name === name) ? [] : [fieldNotFound(`${path}.name`, name ?? '')]),
    ...present(mountPath, `${path}.mountPath`),
    ...(container.volumeDevices?.some((device) => device.name === name) ? [invalidValue(`${path}.name`, name, 'must not already exist in volumeDevices')] : []),
    ...(container.volumeDevices?.some(({ devicePath }) => devicePath === mountPath)
      ? [invalidValue(`${path}.mountPath`, mountPath, 'must not already exist as a path in volumeDevices')] : []),
    ...(subPath ? validateDescending(subPath, `${all}.subPath`) : []),
    ...(subPathExpr && subPath ? [invalidValue(`${path}.subPathExpr`, subPathExpr, 'subPathExpr and subPath are mutually exclusive')] : []),
    ...(subPathExpr ? validateDescending(subPathExpr, `${all}.subPathExpr`) : []),
    ...validatePropagation(mountPropagation, container, `${all}.mountPropagation`),
  ];
}

function repeated(values: readonly string[], at: (i: number) => Path): FieldError[] {
  return values.flatMap((value, i) => values.indexOf(value) < i ? [invalidValue(at(i), value, 'must be unique')] : []);
}

export function validateMounts(container: AnyContainer, volumes: readonly Volume[], path: Path): FieldError[] {
  const mounts = container.volumeMounts ?? [];
  return [
    ...each(mounts, path, (mount, at) => validateMount(mount, container, volumes, at, path)),
    ...repeated(mounts.map(({ mountPath }) => mountPath), (i) => `${path}[${i}].mountPath`),
  ];
}

function validateDevice({ name, devicePath }: VolumeDevice, container: AnyContainer, volumes: readonly Volume[], path: Path): FieldError[] {
  const volume = volumes.find((candidate) => candidate.name === name);
  return [
    ...(volume && !volume.persistentVolumeClaim && !volume.ephemeral
      ? [invalidValue(`${path}.name`, name, 'can only use volume source type of PersistentVolumeClaim or Ephemeral for block mode')] : []),
    ...(volume ? [] : [fieldNotFound(`${path}.name`, name ?? '')]),
    ...present(devicePath, `${path}.devicePath`),
    ...(validateNoBacksteps(devicePath ?? '', path).length ? [invalidValue(`${path}.devicePath`, devicePath, "can not contain backsteps ('..')")] : []),
    ...(container.volumeMounts?.some((mount) => mount.name === name) ? [invalidValue(`${path}.name`, name, 'must not already exist in volumeMounts')] : []),
  ];
}

export function validateDevices(container: AnyContainer, volumes: readonly Volume[], path: Path): FieldError[] {
  const devices = container.volumeDevices ?? [];
  return [
    ...each(devices, path, (device, at) => validateDevice(device, container, volumes, at)),
    ...repeated(devices.map(({ devicePath }) => devicePath), (i) => `${path}[${i}].devicePath`),
  ];
}
