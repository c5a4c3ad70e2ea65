import type { Container, Pod, VolumeMount } from '../../../api/generated/core.v1';
import type { Mount } from '../../../runtime/port';
import { expand } from '../env/expansion';

/** The volume that holds files of the kubelet's own, such as the hosts file. No volume of a pod can have such a name. */
export const ownVolume = 'etc.knarr';

/** Throws for what cannot be mounted; the message is that of CreateContainerConfigError. */
export function containerMounts(pod: Pod, container: Container, variables: readonly { name: string; value: string }[]): Mount[] {
  const volumes = pod.spec.volumes ?? [];
  const mounts = (container.volumeMounts ?? []).map((mount): Mount => {
    const volume = volumes.find(({ name }) => name === mount.name);
    if (!volume) throw new Error(`cannot find volume "${mount.name}" to mount into container "${container.name}"`);
    const subPath = subPathOf(mount, variables);
    // Files that the kubelet keeps up to date, and those of images, are not the container's to change.
    const isManaged = Boolean(volume.configMap ?? volume.secret ?? volume.projected ?? volume.downwardAPI ?? volume.image);
    return {
      volume: mount.name,
      mountPath: mount.mountPath.startsWith('/') ? mount.mountPath : `/${mount.mountPath}`,
      readOnly: Boolean(mount.readOnly) || isManaged || Boolean(volume.persistentVolumeClaim?.readOnly),
      ...(subPath && { subPath }),
      ...(mount.mountPropagation && { propagation: mount.mountPropagation }),
    };
  });
  return [...mounts, ...ownMounts(pod, mounts)];
}

function ownMounts(pod: Pod, mounts: Mount[]): Mount[] {
  const files = ['hosts', ...(pod.spec.hostNetwork ? ['resolv.conf'] : [])];
  return files
    .filter((file) => mounts.every(({ mountPath }) => mountPath !== `/etc/${file}`))
    .filter((file) => file !== 'resolv.conf' || pod.spec.dnsPolicy === 'ClusterFirstWithHostNet' || pod.spec.dnsPolicy === 'None')
    .map((file) => ({ volume: ownVolume, subPath: file, mountPath: `/etc/${file}`, readOnly: false }));
}

function subPathOf(mount: VolumeMount, variables: readonly { name: string; value: string }[]): string | undefined {
  const path = mount.subPathExpr ? expandSubPath(mount.subPathExpr, variables) : mount.subPath;
  if (!path) return undefined;
  if (path.startsWith('/')) throw new Error(`error SubPath \`${path}\` must not be an absolute path`);
  if (path.split('/').includes('..')) throw new Error(`unable to provision SubPath \`${path}\`: must not contain '..'`);
  return path;
}

function expandSubPath(text: string, variables: readonly { name: string; value: string }[]): string {
  const missing = new Set<string>();
  const expanded = expand(text, (name) => {
    const value = variables.find((variable) => variable.name === name)?.value;
    if (!value) missing.add(name);
    return value ?? '';
  });
  if (missing.size > 0) throw new Error(`missing value for ${[...missing].sort().join(', ')}`);
  return expanded;
}
