import type { ContainerSpec, VolumeContent, VolumeFile } from '../port';

/** The files that a container sees through its mounts; only volumes of files have any. */
export class SimVolumes {
  private readonly byPod = new Map<string, Map<string, VolumeContent>>();

  put(podUid: string, name: string, content: VolumeContent): void {
    const volumes = this.byPod.get(podUid) ?? new Map<string, VolumeContent>();
    this.byPod.set(podUid, volumes.set(name, content));
  }

  remove(podUid: string): void {
    this.byPod.delete(podUid);
  }

  /** Makes the files of a pod that were put off; to be awaited before anything is read. */
  async settle(podUid: string): Promise<void> {
    for (const content of this.byPod.get(podUid)?.values() ?? []) {
      if (content.type === 'files') await Promise.all(content.files.map(settleFile));
    }
  }

  read(podUid: string, spec: ContainerSpec, path: string): Buffer | undefined {
    const data = this.files(podUid, spec).find((file) => file.path === path)?.data;
    return Buffer.isBuffer(data) ? data : undefined;
  }

  list(podUid: string, spec: ContainerSpec, directory: string): string[] {
    const prefix = directory.endsWith('/') ? directory : `${directory}/`;
    const inside = this.files(podUid, spec).filter(({ path }) => path.startsWith(prefix)).map(({ path }) => path.slice(prefix.length).split('/')[0]!);
    return [...new Set(inside)].sort();
  }

  private files(podUid: string, spec: ContainerSpec): Pick<VolumeFile, 'path' | 'data'>[] {
    const volumes = this.byPod.get(podUid);
    return spec.mounts.flatMap((mount) => {
      const content = volumes?.get(mount.volume);
      if (content?.type !== 'files') return [];
      return content.files.flatMap((file) => {
        const path = mountedAt(mount.mountPath, mount.subPath, file.path);
        return path === undefined ? [] : [{ path, data: file.data }];
      });
    });
  }
}

async function settleFile(file: VolumeFile): Promise<void> {
  if (!Buffer.isBuffer(file.data)) file.data = await file.data();
}

function mountedAt(mountPath: string, subPath: string | undefined, file: string): string | undefined {
  const base = mountPath.replace(/\/$/, '');
  if (!subPath) return `${base}/${file}`;
  if (file === subPath) return base;
  return file.startsWith(`${subPath}/`) ? `${base}/${file.slice(subPath.length + 1)}` : undefined;
}
