import type { PersistentVolumeSource, SecretReference } from '../../api/generated/core.v1';
import type { VolumeText } from './volume-text';
import { volumes } from './volumes';
import { describeAttributes, list, map } from './volumes-vendor';

/** As the generated String() of the Go type has it. */
const reference = (secret: SecretReference | undefined) =>
  secret ? `&SecretReference{Name:${secret.name ?? ''},Namespace:${secret.namespace ?? ''},}` : 'nil';

type Texts = { readonly [Source in keyof PersistentVolumeSource]?: VolumeText<NonNullable<PersistentVolumeSource[Source]>> };

const type = (source: keyof typeof volumes) => volumes[source]!.type;

/** What a volume of the cluster is made of. Many sources are those of pods; others differ in where their secret is. */
export const persistentVolumes: Texts = {
  hostPath: volumes.hostPath!,
  gcePersistentDisk: volumes.gcePersistentDisk!,
  awsElasticBlockStore: volumes.awsElasticBlockStore!,
  nfs: volumes.nfs!,
  iscsi: {
    type: type('iscsi'),
    fields: () => [],
    more: (write, { secretRef, ...source }) => {
      volumes.iscsi!.fields(source).forEach(([label, value]) => write(2, `${label}:\t${value ?? ''}\n`));
      // kubectl forgets a colon here.
      write(2, `ISCSIInterface\t${source.iscsiInterface ?? ''}\n`);
      const rest: readonly (readonly [string, string | boolean])[] = [
        ['FSType', source.fsType ?? ''], ['ReadOnly', source.readOnly ?? false], ['Portals', list(source.portals)],
        ['DiscoveryCHAPAuth', source.chapAuthDiscovery ?? false], ['SessionCHAPAuth', source.chapAuthSession ?? false],
        ['SecretRef', reference(secretRef)], ['InitiatorName', source.initiatorName ?? '<none>'],
      ];
      for (const [label, value] of rest) write(2, `${label}:\t${value}\n`);
    },
  },
  glusterfs: {
    type: type('glusterfs'),
    fields: ({ endpoints, endpointsNamespace = '<unset>', path, readOnly = false }) =>
      [['EndpointsName', endpoints], ['EndpointsNamespace', endpointsNamespace], ['Path', path], ['ReadOnly', readOnly]],
  },
  rbd: {
    type: type('rbd'),
    fields: (rbd) => [
      ['CephMonitors', list(rbd.monitors)], ['RBDImage', rbd.image], ['FSType', rbd.fsType], ['RBDPool', rbd.pool], ['RadosUser', rbd.user],
      ['Keyring', rbd.keyring], ['SecretRef', reference(rbd.secretRef)], ['ReadOnly', rbd.readOnly ?? false],
    ],
  },
  quobyte: volumes.quobyte!,
  vsphereVolume: volumes.vsphereVolume!,
  cinder: {
    type: type('cinder'),
    fields: ({ volumeID, fsType, readOnly = false, secretRef }) => [['VolumeID', volumeID], ['FSType', fsType], ['ReadOnly', readOnly], ['SecretRef', reference(secretRef)]],
  },
  azureDisk: volumes.azureDisk!,
  photonPersistentDisk: volumes.photonPersistentDisk!,
  portworxVolume: volumes.portworxVolume!,
  scaleIO: {
    type: type('scaleIO'),
    fields: (scaleIO) => [
      ['Gateway', scaleIO.gateway], ['System', scaleIO.system], ['Protection Domain', scaleIO.protectionDomain], ['Storage Pool', scaleIO.storagePool],
      ['Storage Mode', scaleIO.storageMode], ['VolumeName', scaleIO.volumeName], ['SecretName', scaleIO.secretRef?.name],
      ['SecretNamespace', scaleIO.secretRef?.namespace], ['FSType', scaleIO.fsType], ['ReadOnly', scaleIO.readOnly ?? false],
    ],
  },
  local: {
    type: 'LocalVolume (a persistent volume backed by local storage on a node)',
    fields: ({ path }) => [['Path', path]],
  },
  cephfs: {
    type: type('cephfs'),
    fields: (cephfs) => [
      ['Monitors', list(cephfs.monitors)], ['Path', cephfs.path], ['User', cephfs.user], ['SecretFile', cephfs.secretFile],
      ['SecretRef', reference(cephfs.secretRef)], ['ReadOnly', cephfs.readOnly ?? false],
    ],
  },
  storageos: {
    type: type('storageos'),
    fields: ({ volumeName, volumeNamespace, fsType, readOnly = false }) =>
      [['VolumeName', volumeName], ['VolumeNamespace', volumeNamespace], ['FSType', fsType], ['ReadOnly', readOnly]],
  },
  fc: volumes.fc!,
  azureFile: {
    type: type('azureFile'),
    fields: ({ secretName, secretNamespace, shareName, readOnly = false }) =>
      [['SecretName', secretName], ['SecretNamespace', secretNamespace], ['ShareName', shareName], ['ReadOnly', readOnly]],
  },
  flexVolume: {
    type: type('flexVolume'),
    fields: ({ driver, fsType, secretRef, readOnly = false, options }) => [
      ['Driver', driver], ['FSType', fsType], ['SecretRef', reference(secretRef)], ['ReadOnly', readOnly], ['Options', map(options)],
    ],
  },
  flocker: volumes.flocker!,
  csi: {
    type: type('csi'),
    fields: ({ driver, fsType, volumeHandle, readOnly = false }) =>
      [['Driver', driver], ['FSType', fsType], ['VolumeHandle', volumeHandle], ['ReadOnly', readOnly]],
    more: describeAttributes,
  },
};
