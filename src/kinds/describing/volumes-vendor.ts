import type { CSIVolumeSource, LocalObjectReference, VolumeSource } from '../../api/generated/core.v1';
import type { VolumeText } from './volume-text';
import type { Write } from './writer';

export const list = (items: readonly string[] | undefined) => `[${(items ?? []).join(' ')}]`;
/** As the generated String() of the Go type has it. */
const reference = (secret: LocalObjectReference | undefined) => secret ? `&LocalObjectReference{Name:${secret.name ?? ''},}` : 'nil';
export const map = (options: Record<string, string> | undefined) => `map[${Object.keys(options ?? {}).sort().map((key) => `${key}:${options![key]}`).join(' ')}]`;

const attributeMax = 140;

export function describeAttributes(write: Write, { volumeAttributes = {} }: Pick<CSIVolumeSource, 'volumeAttributes'>): void {
  const lines = Object.keys(volumeAttributes).sort().map((key) => `${key}=${volumeAttributes[key]}`);
  write(2, 'VolumeAttributes:\t');
  if (lines.length === 0) write(0, '<none>\n');
  lines.forEach((line, i) => {
    if (i > 0) {
      write(2, '');
      write(2, '\t');
    }
    write(2, line.length > attributeMax ? `${line.slice(0, attributeMax)}...\n` : `${line}\n`);
  });
}

/** Volumes of one product or protocol each, in the words of kubectl. */
export const vendorVolumes: { [Kind in keyof VolumeSource]?: VolumeText<NonNullable<VolumeSource[Kind]>> } = {
  gcePersistentDisk: {
    type: 'GCEPersistentDisk (a Persistent Disk resource in Google Compute Engine)',
    fields: ({ pdName, fsType, partition = 0, readOnly = false }) => [['PDName', pdName], ['FSType', fsType], ['Partition', partition], ['ReadOnly', readOnly]],
  },
  awsElasticBlockStore: {
    type: 'AWSElasticBlockStore (a Persistent Disk resource in AWS)',
    fields: ({ volumeID, fsType, partition = 0, readOnly = false }) => [['VolumeID', volumeID], ['FSType', fsType], ['Partition', partition], ['ReadOnly', readOnly]],
  },
  gitRepo: {
    type: 'GitRepo (a volume that is pulled from git when the pod is created)',
    fields: ({ repository, revision }) => [['Repository', repository], ['Revision', revision]],
  },
  iscsi: {
    type: "ISCSI (an ISCSI Disk resource that is attached to a kubelet's host machine and then exposed to the pod)",
    fields: (iscsi) => [
      ['TargetPortal', iscsi.targetPortal], ['IQN', iscsi.iqn], ['Lun', iscsi.lun],
    ],
    more(write, iscsi) {
      // kubectl forgets a colon here.
      write(2, `ISCSIInterface\t${iscsi.iscsiInterface ?? ''}\n`);
      const rest: readonly (readonly [string, string | boolean])[] = [
        ['FSType', iscsi.fsType ?? ''], ['ReadOnly', iscsi.readOnly ?? false], ['Portals', list(iscsi.portals)],
        ['DiscoveryCHAPAuth', iscsi.chapAuthDiscovery ?? false], ['SessionCHAPAuth', iscsi.chapAuthSession ?? false],
        ['SecretRef', reference(iscsi.secretRef)], ['InitiatorName', iscsi.initiatorName ?? '<none>'],
      ];
      for (const [label, value] of rest) write(2, `${label}:\t${value}\n`);
    },
  },
  glusterfs: {
    type: "Glusterfs (a Glusterfs mount on the host that shares a pod's lifetime)",
    fields: ({ endpoints, path, readOnly = false }) => [['EndpointsName', endpoints], ['Path', path], ['ReadOnly', readOnly]],
  },
  rbd: {
    type: "RBD (a Rados Block Device mount on the host that shares a pod's lifetime)",
    fields: (rbd) => [
      ['CephMonitors', list(rbd.monitors)], ['RBDImage', rbd.image], ['FSType', rbd.fsType], ['RBDPool', rbd.pool], ['RadosUser', rbd.user],
      ['Keyring', rbd.keyring], ['SecretRef', reference(rbd.secretRef)], ['ReadOnly', rbd.readOnly ?? false],
    ],
  },
  quobyte: {
    type: "Quobyte (a Quobyte mount on the host that shares a pod's lifetime)",
    fields: ({ registry, volume, readOnly = false }) => [['Registry', registry], ['Volume', volume], ['ReadOnly', readOnly]],
  },
  azureDisk: {
    type: 'AzureDisk (an Azure Data Disk mount on the host and bind mount to the pod)',
    fields: ({ diskName, diskURI, kind, fsType, cachingMode, readOnly = false }) => [
      ['DiskName', diskName], ['DiskURI', diskURI], ['Kind', kind], ['FSType', fsType], ['CachingMode', cachingMode], ['ReadOnly', readOnly],
    ],
  },
  vsphereVolume: {
    type: 'vSphereVolume (a Persistent Disk resource in vSphere)',
    fields: ({ volumePath, fsType, storagePolicyName }) => [['VolumePath', volumePath], ['FSType', fsType], ['StoragePolicyName', storagePolicyName]],
  },
  cinder: {
    type: 'Cinder (a Persistent Disk resource in OpenStack)',
    fields: ({ volumeID, fsType, readOnly = false, secretRef }) => [['VolumeID', volumeID], ['FSType', fsType], ['ReadOnly', readOnly], ['SecretRef', reference(secretRef)]],
  },
  photonPersistentDisk: {
    type: 'PhotonPersistentDisk (a Persistent Disk resource in photon platform)',
    fields: ({ pdID, fsType }) => [['PdID', pdID], ['FSType', fsType]],
  },
  portworxVolume: {
    type: 'PortworxVolume (a Portworx Volume resource)',
    fields: ({ volumeID }) => [['VolumeID', volumeID]],
  },
  scaleIO: {
    type: 'ScaleIO (a persistent volume backed by a block device in ScaleIO)',
    fields: (scaleIO) => [
      ['Gateway', scaleIO.gateway], ['System', scaleIO.system], ['Protection Domain', scaleIO.protectionDomain], ['Storage Pool', scaleIO.storagePool],
      ['Storage Mode', scaleIO.storageMode], ['VolumeName', scaleIO.volumeName], ['FSType', scaleIO.fsType], ['ReadOnly', scaleIO.readOnly ?? false],
    ],
  },
  cephfs: {
    type: "CephFS (a CephFS mount on the host that shares a pod's lifetime)",
    fields: (cephfs) => [
      ['Monitors', list(cephfs.monitors)], ['Path', cephfs.path], ['User', cephfs.user], ['SecretFile', cephfs.secretFile],
      ['SecretRef', reference(cephfs.secretRef)], ['ReadOnly', cephfs.readOnly ?? false],
    ],
  },
  storageos: {
    type: 'StorageOS (a StorageOS Persistent Disk resource)',
    fields: ({ volumeName, volumeNamespace, fsType, readOnly = false }) => [
      ['VolumeName', volumeName], ['VolumeNamespace', volumeNamespace], ['FSType', fsType], ['ReadOnly', readOnly],
    ],
  },
  fc: {
    type: 'FC (a Fibre Channel disk)',
    fields: ({ targetWWNs, lun, fsType, readOnly = false }) => [
      ['TargetWWNs', (targetWWNs ?? []).join(', ')], ['LUN', lun ?? '<none>'], ['FSType', fsType], ['ReadOnly', readOnly],
    ],
  },
  azureFile: {
    type: 'AzureFile (an Azure File Service mount on the host and bind mount to the pod)',
    fields: ({ secretName, shareName, readOnly = false }) => [['SecretName', secretName], ['ShareName', shareName], ['ReadOnly', readOnly]],
  },
  flexVolume: {
    type: 'FlexVolume (a generic volume resource that is provisioned/attached using an exec based plugin)',
    fields: ({ driver, fsType, secretRef, readOnly = false, options }) => [
      ['Driver', driver], ['FSType', fsType], ['SecretRef', reference(secretRef)], ['ReadOnly', readOnly], ['Options', map(options)],
    ],
  },
  flocker: {
    type: 'Flocker (a Flocker volume mounted by the Flocker agent)',
    fields: ({ datasetName, datasetUUID }) => [['DatasetName', datasetName], ['DatasetUUID', datasetUUID]],
  },
  csi: {
    type: 'CSI (a Container Storage Interface (CSI) volume source)',
    fields: ({ driver, fsType, readOnly = false }) => [['Driver', driver], ['FSType', fsType], ['ReadOnly', readOnly]],
    more: describeAttributes,
  },
};
