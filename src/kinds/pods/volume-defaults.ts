import type { DownwardAPIVolumeFile, ObjectFieldSelector, Volume, VolumeProjection, VolumeSource } from '../../api/generated/core.v1';

/** rw-r--r-- */
const defaultMode = 0o644;

export function defaultFieldRef(fieldRef: ObjectFieldSelector | undefined): void {
  if (fieldRef) fieldRef.apiVersion ||= 'v1';
}

const defaultItems = (items: DownwardAPIVolumeFile[] | undefined) => items?.forEach(({ fieldRef }) => defaultFieldRef(fieldRef));

function defaultProjection({ serviceAccountToken, downwardAPI }: VolumeProjection): void {
  if (serviceAccountToken) serviceAccountToken.expirationSeconds ??= 3600;
  defaultItems(downwardAPI?.items);
}

type SourceDefaults = { [Source in keyof VolumeSource]?: (source: NonNullable<VolumeSource[Source]>) => void };

const sources: SourceDefaults = {
  configMap: (source) => { source.defaultMode ??= defaultMode; },
  secret: (source) => { source.defaultMode ??= defaultMode; },
  downwardAPI: (source) => {
    source.defaultMode ??= defaultMode;
    defaultItems(source.items);
  },
  projected: (source) => {
    source.defaultMode ??= defaultMode;
    source.sources?.forEach(defaultProjection);
  },
  hostPath: (source) => { source.type ??= ''; },
  ephemeral: ({ volumeClaimTemplate }) => {
    if (volumeClaimTemplate) volumeClaimTemplate.spec.volumeMode ??= 'Filesystem';
  },
  iscsi: (source) => { source.iscsiInterface ||= 'default'; },
  image: (source) => { source.pullPolicy ||= /(:latest|(^|\/)[^:@/]+)$/.test(source.reference ?? '') ? 'Always' : 'IfNotPresent'; },
};

/** A volume that says nothing of its source is an emptyDir. */
export function defaultVolume(volume: Volume): void {
  const names = Object.keys(volume).filter((name) => name !== 'name' && volume[name as keyof Volume]);
  if (names.length === 0) volume.emptyDir = {};
  for (const name of names as (keyof VolumeSource)[]) (sources[name] as ((source: unknown) => void) | undefined)?.(volume[name]);
}
