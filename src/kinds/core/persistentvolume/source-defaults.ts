import type { PersistentVolumeSource } from '../../../api/generated/core.v1';

type Defaults = { [Source in keyof PersistentVolumeSource]?: (source: NonNullable<PersistentVolumeSource[Source]>) => void };

/** After SetDefaults_* in pkg/apis/core/v1/defaults.go. */
const defaults: Defaults = {
  hostPath: (source) => { source.type ??= ''; },
  iscsi: (source) => { source.iscsiInterface ||= 'default'; },
  azureDisk: (source) => {
    source.cachingMode ??= 'ReadWrite';
    source.kind ??= 'Shared';
    source.fsType ??= 'ext4';
    source.readOnly ??= false;
  },
  rbd: (source) => {
    source.pool ||= 'rbd';
    source.user ||= 'admin';
    source.keyring ||= '/etc/ceph/keyring';
  },
  scaleIO: (source) => {
    source.storageMode ||= 'ThinProvisioned';
    source.fsType ||= 'xfs';
  },
};

export function defaultVolumeSource(sources: PersistentVolumeSource): void {
  for (const name of Object.keys(defaults) as (keyof PersistentVolumeSource)[]) {
    const source = sources[name];
    if (source) (defaults[name] as (source: unknown) => void)(source);
  }
}
