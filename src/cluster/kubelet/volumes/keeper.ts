import type { Clock } from '../../../api/clock';
import { isReason } from '../../../api/errors';
import type { PersistentVolume } from '../../../api/generated/core.v1';
import type { Client } from '../../../client/client';
import type { InformerSet } from '../../../client/informer';
import { createRecorder } from '../../../client/record';
import { filesFinalizer, isLocal } from '../../../kinds/local-storage/local-storage';
import { persistentVolumes } from '../../../kinds/resources';
import type { Runtime } from '../../../runtime/port';
import { filesOf } from './persistent';

export interface KeeperOptions {
  readonly client: Client;
  readonly informers: InformerSet;
  readonly clock: Clock;
  readonly runtime: Pick<Runtime, 'eraseVolume'>;
  readonly log: (line: string) => void;
}

export type Work = 'remove' | 'recycle' | undefined;

const retryMs = 5000;

/** What is to become of the files of a volume. */
export function workOn(volume: PersistentVolume): Work {
  const { metadata, spec, status } = volume;
  if (isLocal(volume) && metadata.deletionTimestamp && metadata.finalizers?.includes(filesFinalizer)) return 'remove';
  return status?.phase === 'Released' && spec.persistentVolumeReclaimPolicy === 'Recycle' && !metadata.deletionTimestamp ? 'recycle' : undefined;
}

/** Removes the files of volumes that are deleted, and empties those that are to be used again. One for the whole cluster. */
export function startVolumeKeeper({ client, informers, clock, runtime, log }: KeeperOptions): { stop(): Promise<void> } {
  const recorder = createRecorder({ client, clock, log, component: 'persistentvolume-controller' });
  const underWay = new Map<string, Promise<void>>();
  const retries = new Map<string, () => void>();
  let stopped = false;

  const look = (volume: PersistentVolume) => {
    const { name } = volume.metadata;
    const work = workOn(volume);
    if (stopped || !work || underWay.has(name)) return;
    underWay.set(name, carryOut(volume, work).then(() => void underWay.delete(name), (error: unknown) => {
      underWay.delete(name);
      if (isReason(error, 'NotFound')) return;
      const isRace = isReason(error, 'Conflict');
      if (!isRace) log(`volume ${name}: cannot ${work} its files: ${error instanceof Error ? error.message : String(error)}`);
      if (!stopped) retries.set(name, clock.schedule(isRace ? 0 : retryMs, () => again(name)));
    }));
  };
  const again = (name: string) => {
    const volume = informer.get(name);
    if (volume) look(volume);
  };

  async function carryOut(volume: PersistentVolume, work: NonNullable<Work>): Promise<void> {
    const files = filesOf(volume);
    if (typeof files === 'string') throw new Error(files);
    if (files.type === 'nfs') throw new Error('files of an NFS server are not erased here');
    await runtime.eraseVolume(files);
    const { metadata, spec } = volume;
    const current = await client.get<PersistentVolume>(persistentVolumes, metadata.name);
    if (current.metadata.uid !== metadata.uid) return;
    if (work === 'remove') {
      await client.update(persistentVolumes, { ...current, metadata: { ...current.metadata, finalizers: current.metadata.finalizers?.filter((name) => name !== filesFinalizer) } });
      return;
    }
    const { claimRef: _, ...free } = spec;
    await client.update(persistentVolumes, { ...current, spec: free });
    recorder.record({ about: { kind: 'PersistentVolume', apiVersion: 'v1', name: metadata.name, uid: metadata.uid! }, severity: 'Normal', reason: 'VolumeRecycled', message: 'Volume recycled' });
  }

  const informer = informers.for<PersistentVolume>(persistentVolumes);
  const end = informer.subscribe({ added: look, updated: look });
  return {
    async stop() {
      stopped = true;
      end();
      retries.forEach((cancel) => cancel());
      await Promise.allSettled(underWay.values());
      await recorder.idle();
    },
  };
}
