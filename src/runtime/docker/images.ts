import { statfs } from 'node:fs/promises';
import type Docker from 'dockerode';
import type { ImageInspectInfo } from 'dockerode';
import { RuntimeFailure, type ImageInfo, type ListedImage, type PullOptions, type RuntimeFailureCode } from '../port';
import { engineMessage, failure } from './errors';

/** The kind of failure by what the engine says; it has no codes for it. */
const pullFailures: readonly [RegExp, RuntimeFailureCode][] = [
  [/invalid reference format|invalid repository name|repository name must/i, 'InvalidImageName'],
  [/no such host|connection refused|i\/o timeout|network is unreachable|no route to host|handshake timeout|Client\.Timeout|request canceled while waiting|name resolution|server misbehaving|proxyconnect/i, 'RegistryUnavailable'],
  [/not found|does not exist|manifest unknown|pull access denied|no such image/i, 'ImageNotFound'],
];

export async function imageStatus(docker: Docker, reference: string): Promise<ImageInfo | undefined> {
  // Such a name does not even fit into a request.
  if (/[^\x21-\x7e]/.test(reference)) throw new RuntimeFailure('InvalidImageName', 'invalid reference format');
  try {
    return imageInfo(await docker.getImage(reference).inspect());
  } catch (error) {
    const { statusCode } = error as { statusCode?: number };
    const message = engineMessage(error);
    if (/invalid reference format|must be lowercase/.test(message)) throw new RuntimeFailure('InvalidImageName', message);
    if (statusCode === 404) return undefined;
    throw failure(error);
  }
}

/** Without those that have no name any more. */
export async function listImages(docker: Docker): Promise<ListedImage[]> {
  const named = (names: string[] | undefined | null) => (names ?? []).filter((name) => !name.includes('<none>'));
  const images = (await docker.listImages()).map(({ RepoTags, RepoDigests, Size }) => ({ repoTags: named(RepoTags), repoDigests: named(RepoDigests), sizeBytes: Size }));
  return images.filter(({ repoTags, repoDigests }) => repoTags.length + repoDigests.length > 0);
}

/** Where the engine runs in a machine of its own, its directory is not here. */
export async function imageDisk(docker: Docker): Promise<{ capacity: number; available: number } | undefined> {
  const { DockerRootDir } = (await docker.info()) as { DockerRootDir: string };
  const disk = await statfs(DockerRootDir).catch(() => undefined);
  return disk && { capacity: disk.blocks * disk.bsize, available: disk.bavail * disk.bsize };
}

interface PullEvent {
  id?: string;
  error?: string;
  progressDetail?: { current?: number; total?: number };
}

export async function pullImage(docker: Docker, reference: string, { credentials, onProgress, signal }: PullOptions): Promise<ImageInfo> {
  try {
    const stream = await docker.pull(reference, { ...(credentials && { authconfig: credentials }), ...(signal && { abortSignal: signal }) });
    await follow(docker, stream, onProgress);
  } catch (error) {
    const message = engineMessage(error);
    const { code } = failure(error);
    throw new RuntimeFailure(code === 'EngineUnavailable' ? code : pullFailures.find(([pattern]) => pattern.test(message))?.[1] ?? 'ImagePullFailed', message);
  }
  const info = await imageStatus(docker, reference);
  if (!info) throw new RuntimeFailure('ImagePullFailed', `the engine pulled ${reference} and does not have it`);
  return info;
}

function follow(docker: Docker, stream: NodeJS.ReadableStream, onProgress: PullOptions['onProgress']): Promise<void> {
  const layers = new Map<string, { current: number; total: number }>();
  return new Promise((resolve, reject) => {
    stream.on('error', reject);
    docker.modem.followProgress(stream, (error) => (error ? reject(error) : resolve()), ({ id, progressDetail }: PullEvent) => {
      if (!onProgress || !id || !progressDetail?.total) return;
      layers.set(id, { current: progressDetail.current ?? 0, total: progressDetail.total });
      const all = [...layers.values()];
      onProgress({ currentBytes: sum(all.map(({ current }) => current)), totalBytes: sum(all.map(({ total }) => total)) });
    });
  });
}

const sum = (numbers: number[]) => numbers.reduce((total, number) => total + number, 0);

function imageInfo(image: ImageInspectInfo): ImageInfo {
  return {
    id: image.Id,
    repoTags: image.RepoTags ?? [],
    repoDigests: image.RepoDigests ?? [],
    sizeBytes: image.Size,
    user: image.Config?.User ?? '',
  };
}

/** As in containerStatus.imageID. */
export function imageId({ id, repoDigests }: ImageInfo): string {
  return repoDigests[0] ? `docker-pullable://${repoDigests[0]}` : `docker://${id}`;
}
