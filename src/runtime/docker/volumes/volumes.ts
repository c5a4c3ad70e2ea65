import { chmod, chown, mkdir, readdir, realpath, rm, stat, writeFile } from 'node:fs/promises';
import { join, sep } from 'node:path';
import type Docker from 'dockerode';
import { RuntimeFailure, type Mount, type VolumeContent, type VolumeFile } from '../../port';
import { directoryBytes } from '../disk-usage';
import { ignoring } from '../errors';
import { asRoot, isDenied } from '../helper';
import { labels, roles } from '../labels';
import { writeFiles } from './atomic-files';
import { checkHostPath } from './host-path';
import { unpackImage } from './image-files';

/** What a mount of a volume is made from. `exists: false`: the engine makes the path where it is missing. */
type Source = { type: 'bind'; path: string; exists: boolean } | { type: 'volume'; name: string; isHeld: boolean };

export interface VolumesOptions {
  docker: Docker;
  profile: string;
  stateDir: string;
}

/** The volumes of pods: directories `pods/<uid>/volumes/<name>` under the state, and tmpfs volumes of the engine. */
export class Volumes {
  private readonly sources = new Map<string, Map<string, Source>>();

  constructor(private readonly options: VolumesOptions) {}

  async ensure(podUid: string, name: string, content: VolumeContent): Promise<void> {
    const source = await this.make(podUid, name, content);
    const ofPod = this.sources.get(podUid) ?? new Map<string, Source>();
    this.sources.set(podUid, ofPod.set(name, source));
  }

  /** Volumes in memory, which last only while something mounts them: the sandbox does. */
  held(podUid: string): string[] {
    return [...(this.sources.get(podUid)?.values() ?? [])].flatMap((source) => (source.type === 'volume' && source.isHeld ? [source.name] : []));
  }

  async mount(podUid: string, { volume, mountPath, subPath, readOnly, propagation }: Mount): Promise<{ mount?: Docker.MountSettings; bind?: string }> {
    const source = this.sources.get(podUid)?.get(volume);
    if (!source) throw new RuntimeFailure('NotFound', `the pod has no volume ${volume}`);
    const base = { Target: mountPath, ReadOnly: readOnly };
    if (source.type === 'volume') {
      if (subPath) throw new RuntimeFailure('Unsupported', `subPath of the volume ${volume}, which the engine keeps, is not supported`);
      return { mount: { ...base, Type: 'volume', Source: source.name } };
    }
    // Only the older form of a mount makes a missing host directory.
    if (!source.exists && !subPath) return { bind: [source.path, mountPath, ...(readOnly ? ['ro'] : [])].join(':') };
    const path = subPath ? await this.subPath(source.path, subPath) : source.path;
    return { mount: { ...base, Type: 'bind', Source: path, ...(propagation && { BindOptions: { Propagation: propagations[propagation] } }) } };
  }

  async usedBytes(podUid: string, volume: string): Promise<number> {
    const source = this.sources.get(podUid)?.get(volume);
    return source?.type === 'bind' ? directoryBytes(source.path) : 0;
  }

  /** An empty file for the container's last word. */
  async terminationLog(podUid: string, container: string, attempt: number): Promise<string> {
    const directory = join(this.podDirectory(podUid), 'containers', container);
    await mkdir(directory, { recursive: true });
    const file = join(directory, `${attempt}.log`);
    await writeFile(file, '');
    await chmod(file, 0o666);
    return file;
  }

  async remove(podUid: string): Promise<void> {
    this.sources.delete(podUid);
    await this.removeDirectory(this.podDirectory(podUid));
    const { docker, profile } = this.options;
    const filters = { label: [`${labels.profile}=${profile}`, `${labels.podUid}=${podUid}`] };
    const { Volumes: found } = await docker.listVolumes({ filters: JSON.stringify(filters) });
    await Promise.all((found ?? []).map(({ Name }) => docker.getVolume(Name).remove({ force: true }).catch(ignoring(404, 409))));
  }

  /** The files of a persistent volume, or what is in a directory of the host. */
  async erase(content: Extract<VolumeContent, { type: 'persistent' | 'host' }>): Promise<void> {
    if (content.type === 'persistent') return this.removeDirectory(this.persistentDirectory(content.id));
    const names = await readdir(content.path).catch(ignoringMissing);
    await Promise.all(names.map((name) => this.removeDirectory(join(content.path, name))));
  }

  private persistentDirectory(id: string): string {
    return join(this.options.stateDir, 'volumes', id);
  }

  private podDirectory(podUid: string): string {
    return join(this.options.stateDir, 'pods', podUid);
  }

  private async make(podUid: string, name: string, content: VolumeContent): Promise<Source> {
    const path = join(this.podDirectory(podUid), 'volumes', name);
    switch (content.type) {
      case 'image': {
        await unpackImage(this.options.docker, this.options.profile, content.reference, path);
        return { type: 'bind', path, exists: true };
      }
      case 'nfs': return this.nfs(podUid, name, content);
      case 'files': {
        await writeFiles(path, await Promise.all(content.files.map(madeFile)), (folder) => this.giveFilesToGroup(folder, content.group));
        return { type: 'bind', path, exists: true };
      }
      case 'empty': {
        if (content.medium === 'Memory') return this.tmpfs(podUid, name, content.sizeLimitBytes);
        return this.directory(path, content.group);
      }
      case 'persistent': return this.directory(this.persistentDirectory(content.id), content.group);
      case 'host': {
        await checkHostPath(content.path, content.kind);
        return { type: 'bind', path: content.path, exists: content.kind !== '' };
      }
    }
  }

  private async directory(path: string, group: number | undefined): Promise<Source> {
    const made = await mkdir(path, { recursive: true });
    if (made !== undefined) {
      await chmod(path, 0o777);
      if (group !== undefined) await this.giveToGroup(path, group);
    }
    return { type: 'bind', path, exists: true };
  }

  /** As upstream does for fsGroup: readable by the group, whatever the mode says of others. */
  private async giveFilesToGroup(folder: string, group: number | undefined): Promise<void> {
    if (group === undefined) return;
    const { docker, profile } = this.options;
    await orAsRoot(() => giveTree(folder, group), () => asRoot(docker, profile, folder, `chgrp -R ${group} /target && chmod -R g+rX /target`));
  }

  private async giveToGroup(path: string, group: number): Promise<void> {
    const { docker, profile } = this.options;
    const give = async () => {
      await chown(path, process.getuid?.() ?? 0, group);
      await chmod(path, 0o2777);
    };
    await orAsRoot(give, () => asRoot(docker, profile, path, `chgrp ${group} /target && chmod 2777 /target`));
  }

  private async tmpfs(podUid: string, name: string, sizeBytes: number | undefined): Promise<Source> {
    const { docker, profile } = this.options;
    const volume = `knarr-${profile}-${podUid}-${name}`;
    await docker.createVolume({
      Name: volume, Driver: 'local',
      DriverOpts: { type: 'tmpfs', device: 'tmpfs', o: ['mode=1777', ...(sizeBytes ? [`size=${sizeBytes}`] : [])].join(',') },
      Labels: this.labels(podUid),
    });
    return { type: 'volume', name: volume, isHeld: true };
  }

  /** Mounted once to see whether the host can: the kubelet is to hear of it before a container is made. */
  private async nfs(podUid: string, name: string, { server, path, readOnly }: Extract<VolumeContent, { type: 'nfs' }>): Promise<Source> {
    const { docker, profile } = this.options;
    const volume = `knarr-${profile}-${podUid}-${name}`;
    if (this.sources.get(podUid)?.has(name)) return { type: 'volume', name: volume, isHeld: false };
    await docker.createVolume({
      Name: volume, Driver: 'local',
      DriverOpts: { type: 'nfs', device: `:${path}`, o: [`addr=${server}`, ...(readOnly ? ['ro'] : [])].join(',') },
      Labels: this.labels(podUid),
    });
    await asRoot(docker, profile, volume, 'true', 'volume');
    return { type: 'volume', name: volume, isHeld: false };
  }

  private labels(podUid: string): Record<string, string> {
    return { [labels.profile]: this.options.profile, [labels.role]: roles.volume, [labels.podUid]: podUid };
  }

  /** Within the volume, also through links that a container may have made there. */
  private async subPath(volume: string, subPath: string): Promise<string> {
    const root = await realpath(volume);
    const wanted = join(root, subPath);
    const found = await realpath(wanted).catch(async () => {
      await mkdir(wanted, { recursive: true });
      await chmod(wanted, 0o777);
      return realpath(wanted);
    });
    if (found !== root && !found.startsWith(root + sep)) throw new RuntimeFailure('Failed', `subPath ${subPath} leads out of its volume`);
    return found;
  }

  private async removeDirectory(path: string): Promise<void> {
    const { docker, profile } = this.options;
    const remove = () => rm(path, { recursive: true, force: true });
    await orAsRoot(remove, async () => {
      await asRoot(docker, profile, path, 'rm -rf /target/* /target/.[!.]* /target/..?*');
      await remove();
    });
  }
}

const propagations = { None: 'rprivate', HostToContainer: 'rslave', Bidirectional: 'rshared' } as const;

/** Tries by itself first: a helper container costs a third of a second. */
async function orAsRoot(run: () => Promise<void>, elevated: () => Promise<void>): Promise<void> {
  try {
    await run();
  } catch (error) {
    if (!isDenied(error)) throw error;
    await elevated();
  }
}

async function giveTree(folder: string, group: number): Promise<void> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  for (const entry of entries) {
    const path = join(entry.parentPath, entry.name);
    const { mode, uid } = await stat(path);
    await chown(path, uid, group);
    await chmod(path, (mode & 0o7777) | (entry.isDirectory() ? 0o050 : 0o040));
  }
}

const madeFile = async ({ path, data, mode }: VolumeFile) => ({ path, data: Buffer.isBuffer(data) ? data : await data(), mode });

function ignoringMissing(error: NodeJS.ErrnoException): string[] {
  if (error.code === 'ENOENT') return [];
  throw error;
}
