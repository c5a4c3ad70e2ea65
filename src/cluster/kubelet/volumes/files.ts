import type { ConfigMap, Container, DownwardAPIVolumeFile, KeyToPath, Pod, Secret } from '../../../api/generated/core.v1';
import type { VolumeFile } from '../../../runtime/port';
import { fieldValue, resourceValue, type PodPlace } from '../env/fields';

const defaultFileMode = 0o644;

export interface Selection {
  items?: KeyToPath[];
  defaultMode?: number;
  optional?: boolean;
}

export function configMapFiles(configMap: ConfigMap | undefined, selection: Selection): VolumeFile[] {
  const data = new Map<string, Buffer>();
  for (const [key, text] of Object.entries(configMap?.data ?? {})) data.set(key, Buffer.from(text));
  for (const [key, base64] of Object.entries(configMap?.binaryData ?? {})) data.set(key, Buffer.from(base64, 'base64'));
  return selectFiles(data, selection, 'configmap references non-existent config key');
}

export function secretFiles(secret: Secret | undefined, selection: Selection): VolumeFile[] {
  const data = new Map(Object.entries(secret?.data ?? {}).map(([key, base64]) => [key, Buffer.from(base64, 'base64')]));
  return selectFiles(data, selection, 'references non-existent secret key');
}

/** All keys, or those that are listed, under the names that they get there. */
function selectFiles(data: ReadonlyMap<string, Buffer>, { items, defaultMode = defaultFileMode, optional }: Selection, complaint: string): VolumeFile[] {
  if (!items?.length) return [...data].map(([path, content]) => ({ path, data: content, mode: defaultMode }));
  return items.flatMap(({ key, path, mode }) => {
    const content = data.get(key);
    if (content) return [{ path, data: content, mode: mode ?? defaultMode }];
    if (optional) return [];
    throw new Error(`${complaint}: ${key}`);
  });
}

export function downwardFiles(items: readonly DownwardAPIVolumeFile[] | undefined, defaultMode: number | undefined, pod: Pod, place: PodPlace): VolumeFile[] {
  return (items ?? []).map(({ path, mode, fieldRef, resourceFieldRef }) => {
    const text = fieldRef ? fieldValue(fieldRef, pod, place) : resourceFieldRef ? resourceValue(resourceFieldRef, containerNamed(pod, resourceFieldRef.containerName), place) : '';
    return { path, data: Buffer.from(text), mode: mode ?? defaultMode ?? defaultFileMode };
  });
}

function containerNamed({ spec }: Pod, name: string | undefined): Container {
  const container = [...spec.containers, ...(spec.initContainers ?? [])].find((candidate) => candidate.name === name);
  if (!container) throw new Error(`container ${name} not found`);
  return container;
}
