import type { PersistentVolumeClaim, Pod, Volume } from '../../../api/generated/core.v1';
import { controllerOf } from '../../../api/meta';
import { create, event, nothingToDo, type Action } from '../../actions';
import { claimName } from '../../claims';
import { controllerRef } from '../../owners';
import { reconciler, watch, type Observed } from '../../reconciler';
import { persistentVolumeClaims, pods } from '../../resources';

const ephemeralVolumes = (pod: Pod): Volume[] => (pod.spec?.volumes ?? []).filter(({ ephemeral }) => ephemeral);

function claimFor(pod: Pod, volume: Volume): PersistentVolumeClaim {
  const { metadata, spec } = volume.ephemeral!.volumeClaimTemplate!;
  return {
    metadata: {
      name: claimName(pod, volume)!, namespace: pod.metadata.namespace!,
      ...(metadata?.labels && { labels: metadata.labels }), ...(metadata?.annotations && { annotations: metadata.annotations }),
      ownerReferences: [controllerRef(pods, pod)],
    },
    spec,
  };
}

function makeClaim(pod: Pod, volume: Volume, observed: Observed): Action[] {
  const claim = claimFor(pod, volume);
  const { name, namespace } = claim.metadata;
  const known = observed.get<PersistentVolumeClaim>(persistentVolumeClaims, name, namespace);
  if (!known) return [create(persistentVolumeClaims, claim, { failed: ({ message }) => [event(pods, pod, 'Warning', 'FailedCreate', `ephemeral volume controller: create PVC ${name}: ${message}`)] })];
  if (controllerOf(known)?.uid === pod.metadata.uid) return [];
  return [event(pods, pod, 'Warning', 'FailedBinding', `PVC ${namespace}/${name} was not created for pod ${namespace}/${pod.metadata.name} (pod is not owner)`)];
}

/** Makes the claims of volumes that live and die with their pod. After k8s.io/kubernetes/pkg/controller/volume/ephemeral. */
export const ephemeralVolumeController = reconciler<Pod>({
  name: 'ephemeral_volume',
  resource: pods,
  concerns: (pod) => ephemeralVolumes(pod).length > 0,
  watches: [watch<PersistentVolumeClaim>({
    resource: persistentVolumeClaims,
    concerns: () => false,
    keys: (claim) => {
      const owner = controllerOf(claim);
      return owner?.kind === 'Pod' ? [`${claim.metadata.namespace}/${owner.name}`] : [];
    },
  })],
  reconcile(pod, observed) {
    const volumes = ephemeralVolumes(pod);
    if (volumes.length === 0 || pod.metadata.deletionTimestamp) return nothingToDo;
    return { actions: volumes.flatMap((volume) => makeClaim(pod, volume, observed)) };
  },
});
