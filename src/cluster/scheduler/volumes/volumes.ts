import { sleep, type Clock } from '../../../api/clock';
import type { Node, PersistentVolume, PersistentVolumeClaim, Pod } from '../../../api/generated/core.v1';
import type { StorageClass } from '../../../api/generated/storage.v1';
import type { Client } from '../../../client/client';
import type { Informer, InformerSet } from '../../../client/informer';
import { nodes, persistentVolumeClaims, persistentVolumes, storageClasses } from '../../../kinds/resources';
import { boundByController, isFullyBound, selectedNode } from '../../../kinds/volume-binding';
import { assign, delayedClaims, type Assignment } from './assign';
import { usedClaims, type VolumeView } from './view';

/** How long the volumes of a pod may take, in milliseconds. Upstream's BindTimeoutSeconds. */
const patienceMs = 600_000;

/** Storage as observed, and the hands that give a pod's claims their volumes before the pod is bound. */
export class Volumes implements VolumeView {
  readonly synced: Promise<unknown>;
  /** Pods that wait for theirs. */
  waiting = 0;
  private readonly claims: Informer<PersistentVolumeClaim>;
  private readonly persistent: Informer<PersistentVolume>;
  private readonly classes: Informer<StorageClass>;

  constructor(private readonly options: { readonly client: Client; readonly clock: Clock }, private readonly informers: InformerSet) {
    this.claims = informers.for<PersistentVolumeClaim>(persistentVolumeClaims);
    this.persistent = informers.for<PersistentVolume>(persistentVolumes);
    this.classes = informers.for<StorageClass>(storageClasses);
    this.synced = Promise.all([this.claims.synced, this.persistent.synced, this.classes.synced]);
  }

  claim(namespace: string, name: string): PersistentVolumeClaim | undefined {
    return this.claims.get(name, namespace);
  }

  volume(name: string): PersistentVolume | undefined {
    return this.persistent.get(name);
  }

  volumes(): readonly PersistentVolume[] {
    return this.persistent.list();
  }

  storageClass(name: string): StorageClass | undefined {
    return this.classes.get(name);
  }

  /** Resolves when every claim of the pod is bound. Rejects when one cannot be, or takes too long. */
  async bind(pod: Pod, nodeName: string, signal: AbortSignal): Promise<void> {
    const delayed = delayedClaims(pod, this);
    if (delayed.length === 0) return;
    const node = this.informers.for<Node>(nodes).get(nodeName);
    const assignments = node && assign(delayed, node, this);
    if (!assignments) throw new Error(`node ${nodeName} cannot give the pod its volumes any more`);
    for (const assignment of assignments) await this.write(assignment, nodeName);
    this.waiting += 1;
    await this.allBound(pod, signal).finally(() => { this.waiting -= 1; });
  }

  private async write({ claim, volume }: Assignment, nodeName: string): Promise<void> {
    const { client } = this.options;
    const { name, namespace, uid, resourceVersion } = claim.metadata;
    if (volume && volume.spec.claimRef?.uid !== uid) {
      const claimRef = { kind: 'PersistentVolumeClaim', apiVersion: 'v1', namespace: namespace!, name, uid: uid!, resourceVersion: resourceVersion! };
      const annotations = volume.spec.claimRef ? volume.metadata.annotations : { ...volume.metadata.annotations, [boundByController]: 'yes' };
      await client.update(persistentVolumes, { ...volume, metadata: { ...volume.metadata, ...(annotations && { annotations }) }, spec: { ...volume.spec, claimRef } });
    } else if (!volume && claim.metadata.annotations?.[selectedNode] !== nodeName) {
      await client.update(persistentVolumeClaims, { ...claim, metadata: { ...claim.metadata, annotations: { ...claim.metadata.annotations, [selectedNode]: nodeName } } });
    }
  }

  private async allBound(pod: Pod, signal: AbortSignal): Promise<void> {
    const done = new AbortController();
    const isDone = () => signal.aborted || done.signal.aborted || usedClaims(pod, this).every(({ claim }) => claim && isFullyBound(claim));
    const late = sleep(this.options.clock, patienceMs, AbortSignal.any([signal, done.signal])).then(() => true, () => false);
    const isLate = await Promise.race([this.claims.until(isDone).then(() => false), late]);
    done.abort();
    signal.throwIfAborted();
    if (isLate) throw new Error('timed out waiting for the volumes of the pod');
  }
}
