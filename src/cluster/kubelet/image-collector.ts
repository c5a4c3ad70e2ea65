import type { Pod } from '../../api/generated/core.v1';
import type { Recorder } from '../../client/record';
import { imagesToCollect, type CollectableImage } from './decide/image-gc';
import { allContainers } from './decide/terminate';
import type { Host } from './pod/host';
import type { PulledImages } from './pod/pulled-images';
import { withTag } from './spec/container';

/** As upstream's kubelet. */
const lookEveryMs = 300_000;

export interface ImageCollectorOptions extends Pick<Host, 'runtime' | 'clock' | 'log' | 'nodeName'> {
  readonly pulled: PulledImages;
  readonly pods: () => Iterable<Pod>;
  readonly recorder: Recorder;
}

/**
 * Removes images when the engine's disk is nearly full: of those only that this kubelet has pulled since it started, for
 * the engine is its user's, too. Returns what ends it.
 */
export function startImageCollector({ runtime, clock, log, nodeName, pulled, pods, recorder }: ImageCollectorOptions): () => void {
  let isStopped = false;
  let cancel: () => void = () => undefined;

  const candidates = (nowMs: number): CollectableImage[] => {
    const used = new Set([...pods()].flatMap((pod) => [...allContainers(pod).map(({ image = '' }) => withTag(image)), ...(pod.spec.volumes ?? []).flatMap(({ image }) => (image ? [withTag(image.reference ?? '')] : []))]));
    for (const reference of used) pulled.used(reference, nowMs);
    return pulled.all().map((image) => ({ ...image, isUsed: used.has(image.reference) }));
  };
  const collect = async () => {
    const disk = await runtime.imageDisk();
    const images = candidates(clock.now());
    if (!disk || isStopped) return;
    const { wanted, found, references } = imagesToCollect(disk, images, clock.now());
    for (const reference of references) {
      await runtime.removeImage(reference);
      pulled.forget(reference);
    }
    if (found < wanted) {
      recorder.record({
        about: { kind: 'Node', name: nodeName, uid: nodeName }, severity: 'Warning', reason: 'FreeDiskSpaceFailed',
        message: `Failed to garbage collect required amount of images. Attempted to free ${wanted} bytes, but only found ${found} bytes eligible to free.`,
      });
    }
  };
  const look = () => {
    collect().catch((error: unknown) => log(`node ${nodeName}: cannot remove images: ${error instanceof Error ? error.message : String(error)}`)).finally(lookLater);
  };
  const lookLater = () => {
    if (!isStopped) cancel = clock.schedule(lookEveryMs, look);
  };
  lookLater();
  return () => {
    isStopped = true;
    cancel();
  };
}
