import type { NFSVolumeSource, PersistentVolume } from '../../../api/generated/core.v1';
import { isLocal } from '../../../kinds/local-storage/local-storage';
import type { VolumeContent } from '../../../runtime/port';

/** What a pod that is bound to the volume gets to see; or, as text, why it cannot. */
export function filesOf(volume: PersistentVolume): Extract<VolumeContent, { type: 'persistent' | 'host' | 'nfs' }> | string {
  const { metadata, spec } = volume;
  if (isLocal(volume)) return { type: 'persistent', id: metadata.name };
  if (spec.volumeMode === 'Block') return 'block volumes are not supported';
  if (spec.hostPath) return { type: 'host', path: spec.hostPath.path, kind: spec.hostPath.type ?? '' };
  if (spec.local) return { type: 'host', path: spec.local.path, kind: 'Directory' };
  if (spec.nfs) return nfsContent(spec.nfs);
  if (spec.csi) return `kubernetes.io/csi: driver name ${spec.csi.driver} not found in the list of registered CSI drivers`;
  const source = Object.keys(spec).find((key) => sources.has(key));
  return `volumes of type ${source ?? 'unknown'} are not supported`;
}

export const nfsContent = ({ server, path, readOnly = false }: NFSVolumeSource): Extract<VolumeContent, { type: 'nfs' }> => ({ type: 'nfs', server, path, readOnly });

const sources = new Set(['iscsi', 'fc', 'rbd', 'cephfs', 'glusterfs', 'cinder', 'awsElasticBlockStore', 'gcePersistentDisk', 'azureDisk', 'azureFile', 'vsphereVolume', 'flexVolume', 'portworxVolume', 'quobyte', 'scaleIO', 'storageos', 'photonPersistentDisk', 'flocker']);
