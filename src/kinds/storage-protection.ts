import type { PersistentVolume, PersistentVolumeClaim, Pod } from '../api/generated/core.v1';
import { controllerOf, objectKey, type KubeObject } from '../api/meta';
import { nothingToDo, update, type Plan } from './actions';
import { byClaim, claimKeys, claimName } from './claims';
import { reconciler, watch, type Observed } from './reconciler';
import { persistentVolumeClaims, persistentVolumes, pods, type ResourceRef } from './resources';

export const claimProtection = 'kubernetes.io/pvc-protection';
export const volumeProtection = 'kubernetes.io/pv-protection';

/** Its kubelet is through with it, or it was deleted by force: it only waits for its finalizers. */
const isShutDown = ({ metadata }: Pod) => metadata.deletionTimestamp !== undefined && metadata.deletionGracePeriodSeconds === 0;

/** A pod without a node cannot start any more with a claim that is being deleted. */
function uses(pod: Pod, { metadata }: PersistentVolumeClaim): boolean {
  if (!pod.spec?.nodeName) return false;
  return (pod.spec.volumes ?? []).some((volume) => claimName(pod, volume) === metadata.name
    && (volume.persistentVolumeClaim !== undefined || (!isShutDown(pod) && controllerOf({ metadata })?.uid === pod.metadata.uid)));
}

const isInUse = (claim: PersistentVolumeClaim, observed: Observed): boolean =>
  observed.find(pods, byClaim, objectKey(claim)).some((pod) => uses(pod, claim));

/** The finalizer is there while the object lives, and goes when nothing uses what is to be deleted. */
function protection<T extends KubeObject>(resource: ResourceRef<T>, finalizer: string, object: T, inUse: () => boolean): Plan {
  const { metadata } = object;
  const { finalizers = [], deletionTimestamp } = metadata;
  const has = finalizers.includes(finalizer);
  const write = (changed: string[]): Plan => ({ actions: [update(resource, { ...object, metadata: { ...metadata, finalizers: changed } })] });
  if (deletionTimestamp) return has && !inUse() ? write(finalizers.filter((each) => each !== finalizer)) : nothingToDo;
  return has ? nothingToDo : write([...finalizers, finalizer]);
}

/** After k8s.io/kubernetes/pkg/controller/volume/pvcprotection. */
export const claimProtectionController = reconciler<PersistentVolumeClaim>({
  name: 'pvc-protection-controller',
  resource: persistentVolumeClaims,
  watches: [watch<Pod>({
    resource: pods,
    concerns: (pod, old) => pod.spec?.nodeName !== old.spec?.nodeName || isShutDown(pod) !== isShutDown(old),
    keys: claimKeys,
  })],
  reconcile: (claim, observed) => protection(persistentVolumeClaims, claimProtection, claim, () => isInUse(claim, observed)),
});

/** A volume is in use while a claim is bound to it. After k8s.io/kubernetes/pkg/controller/volume/pvprotection. */
export const volumeProtectionController = reconciler<PersistentVolume>({
  name: 'pv-protection-controller',
  resource: persistentVolumes,
  reconcile: (volume) => protection(persistentVolumes, volumeProtection, volume, () => volume.status?.phase === 'Bound'),
});
