import type { PersistentVolume, PersistentVolumeClaim } from '../../api/generated/core.v1';
import type { StorageClass } from '../../api/generated/storage.v1';
import { create, event, nothingToDo, type Plan } from '../actions';
import { claimClass } from '../claims';
import { reconciler, type Observed } from '../reconciler';
import { persistentVolumeClaims, persistentVolumes, storageClasses } from '../resources';
import { hasAnnotation, provisionedBy, selectedNode, storageProvisioners, waitsForConsumer } from '../volume-binding';
import { filesFinalizer, localProvisioner } from './local-storage';

const volumeName = ({ metadata }: PersistentVolumeClaim) => `pvc-${metadata.uid}`;

/** Why it cannot be made; in the words of external provisioners' events. */
function refusalOf({ spec }: PersistentVolumeClaim): string | undefined {
  if (spec.selector) return 'claim Selector is not supported';
  if (spec.volumeMode === 'Block') return 'block volumes are not supported';
  return spec.dataSource || spec.dataSourceRef ? 'data sources are not supported' : undefined;
}

function volumeFor(claim: PersistentVolumeClaim, storageClass: StorageClass, directory: string): PersistentVolume {
  const { name, namespace, uid, resourceVersion } = claim.metadata;
  return {
    metadata: { name: volumeName(claim), annotations: { [provisionedBy]: localProvisioner }, finalizers: [filesFinalizer] },
    spec: {
      capacity: { storage: claim.spec.resources?.requests?.storage ?? '0' },
      accessModes: claim.spec.accessModes!,
      claimRef: { kind: 'PersistentVolumeClaim', apiVersion: 'v1', namespace: namespace!, name, uid: uid!, resourceVersion: resourceVersion! },
      persistentVolumeReclaimPolicy: storageClass.reclaimPolicy ?? 'Delete',
      storageClassName: storageClass.metadata.name,
      volumeMode: 'Filesystem',
      ...(storageClass.mountOptions && { mountOptions: storageClass.mountOptions }),
      hostPath: { path: `${directory}/${volumeName(claim)}`, type: 'DirectoryOrCreate' },
    },
  };
}

/** Makes a volume for each claim that names the provisioner. `directory`: where the files of all volumes are, on the host. */
export const localProvisionerController = (directory: string) => reconciler<PersistentVolumeClaim>({
  name: localProvisioner,
  resource: persistentVolumeClaims,
  reads: [persistentVolumes, storageClasses],
  reconcile(claim: PersistentVolumeClaim, observed: Observed): Plan {
    const { metadata, spec } = claim;
    const isAsked = storageProvisioners.some((name) => metadata.annotations?.[name] === localProvisioner);
    if (!isAsked || metadata.deletionTimestamp || spec.volumeName || observed.get(persistentVolumes, volumeName(claim))) return nothingToDo;
    const storageClass = observed.get<StorageClass>(storageClasses, claimClass(claim));
    if (!storageClass || (waitsForConsumer(storageClass) && !hasAnnotation(claim, selectedNode))) return nothingToDo;
    const tell = (severity: 'Normal' | 'Warning', reason: string, message: string) => event(persistentVolumeClaims, claim, severity, reason, message);
    const refusal = refusalOf(claim);
    if (refusal) return { actions: [tell('Warning', 'ProvisioningFailed', `failed to provision volume with StorageClass "${storageClass.metadata.name}": ${refusal}`)] };
    return { actions: [
      tell('Normal', 'Provisioning', `External provisioner is provisioning volume for claim "${metadata.namespace}/${metadata.name}"`),
      create(persistentVolumes, volumeFor(claim, storageClass, directory), {
        succeeded: () => [tell('Normal', 'ProvisioningSucceeded', `Successfully provisioned volume ${volumeName(claim)}`)],
        tolerates: (error) => error.message.includes('already exists'),
      }),
    ] };
  },
});
