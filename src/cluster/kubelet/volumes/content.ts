import type { ImageVolumeSource, PersistentVolume, Pod, ProjectedVolumeSource, Volume, VolumeProjection } from '../../../api/generated/core.v1';
import { parseQuantity, quantityValue } from '../../../api/quantity';
import type { VolumeContent, VolumeFile } from '../../../runtime/port';
import { orMissing } from '../env/env';
import { claimName } from '../../../kinds/claims';
import type { PodPlace } from '../env/fields';
import type { References } from '../env/references';
import { configMapFiles, downwardFiles, secretFiles } from './files';
import { filesOf, nfsContent } from './persistent';

/** What volumes can be filled with beyond the pod itself. */
export interface VolumeSources extends References {
  /** The volume that a claim of the pod is bound to. Rejects when it is not. */
  boundVolume(pod: Pod, claim: string): Promise<PersistentVolume>;
  /** A token for the pod's service account. Rejects where none are issued. */
  token(pod: Pod, audience: string | undefined, expirationSeconds: number | undefined): Promise<string>;
}

/** Has the image of a volume there, by its pull policy; resolves to what the runtime knows it by. */
export interface VolumeImages {
  forVolume(pod: Pod, source: ImageVolumeSource): Promise<string>;
}

interface Context {
  pod: Pod;
  place: PodPlace;
  sources: VolumeSources;
  images: VolumeImages;
}

type Build = (volume: Volume, context: Context) => Promise<VolumeContent> | VolumeContent;

const builders: { [source in keyof Volume]?: Build } = {
  emptyDir: ({ emptyDir }, { pod }) => {
    const { medium = '', sizeLimit } = emptyDir!;
    if (medium !== '' && medium !== 'Memory') throw new Error(`emptyDir with medium ${medium} is not supported`);
    return {
      type: 'empty', ...groupOf(pod),
      ...(medium === 'Memory' && { medium }),
      ...(sizeLimit && sizeLimit !== '0' && { sizeLimitBytes: quantityValue(parseQuantity(sizeLimit)) }),
    };
  },
  configMap: async ({ configMap }, { pod, sources }) => {
    const { name = '', optional } = configMap!;
    return files(pod, configMapFiles(await orMissing(optional, () => sources.configMap(pod.metadata.namespace!, name)), configMap!));
  },
  secret: async ({ secret }, { pod, sources }) => {
    const { secretName = '', optional } = secret!;
    return files(pod, secretFiles(await orMissing(optional, () => sources.secret(pod.metadata.namespace!, secretName)), secret!));
  },
  downwardAPI: ({ downwardAPI }, { pod, place }) => files(pod, downwardFiles(downwardAPI!.items, downwardAPI!.defaultMode, pod, place)),
  projected: async ({ projected }, context) => files(context.pod, await projectedFiles(projected!, context)),
  hostPath: ({ hostPath }) => ({ type: 'host', path: hostPath!.path, kind: hostPath!.type ?? '' }),
  image: async ({ image }, { pod, images }) => ({ type: 'image', reference: await images.forVolume(pod, image!) }),
  nfs: ({ nfs }) => nfsContent(nfs!),
  persistentVolumeClaim: claimed,
  ephemeral: claimed,
};

async function claimed(volume: Volume, { pod, sources }: Context): Promise<VolumeContent> {
  const files = filesOf(await sources.boundVolume(pod, claimName(pod, volume)!));
  if (typeof files === 'string') throw new Error(files);
  return files.type === 'persistent' ? { ...files, ...groupOf(pod) } : files;
}

/** Rejects with the reason why a volume cannot be set up, in the words of FailedMount. */
export async function volumeContent(volume: Volume, context: Context): Promise<VolumeContent> {
  const source = Object.keys(volume).find((key) => key !== 'name' && volume[key as keyof Volume] !== undefined) as keyof Volume | undefined;
  if (!source) return { type: 'empty' };
  const build = builders[source];
  if (!build) throw new Error(`volumes of type ${source} are not supported`);
  return build(volume, context);
}

const groupOf = ({ spec }: Pod) => (spec.securityContext?.fsGroup === undefined ? {} : { group: spec.securityContext.fsGroup });
const files = (pod: Pod, list: VolumeFile[]): VolumeContent => ({ type: 'files', files: list, ...groupOf(pod) });

async function projectedFiles({ sources = [], defaultMode }: ProjectedVolumeSource, context: Context): Promise<VolumeFile[]> {
  const byPath = new Map<string, VolumeFile>();
  for (const source of sources) for (const file of await projection(source, defaultMode, context)) byPath.set(file.path, file);
  return [...byPath.values()];
}

async function projection(source: VolumeProjection, defaultMode: number | undefined, { pod, place, sources }: Context): Promise<VolumeFile[]> {
  const namespace = pod.metadata.namespace!;
  const mode = defaultMode === undefined ? {} : { defaultMode };
  const { configMap, secret, downwardAPI, serviceAccountToken } = source;
  if (configMap) return configMapFiles(await orMissing(configMap.optional, () => sources.configMap(namespace, configMap.name ?? '')), { ...configMap, ...mode });
  if (secret) return secretFiles(await orMissing(secret.optional, () => sources.secret(namespace, secret.name ?? '')), { ...secret, ...mode });
  if (downwardAPI) return downwardFiles(downwardAPI.items, defaultMode, pod, place);
  if (!serviceAccountToken) throw new Error(`projected volume sources of type ${Object.keys(source).join()} are not supported`);
  const { audience, expirationSeconds, path } = serviceAccountToken;
  const data = async () => Buffer.from(await sources.token(pod, audience, expirationSeconds));
  return [{ path, data, mode: pod.spec.securityContext?.fsGroup === undefined ? (defaultMode ?? 0o644) : 0o600 }];
}
