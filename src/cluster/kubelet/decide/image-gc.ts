/** Bytes. */
export interface Disk {
  readonly capacity: number;
  readonly available: number;
}

export interface CollectableImage {
  readonly reference: string;
  readonly sizeBytes: number;
  readonly lastUsedMs: number;
  readonly isUsed: boolean;
}

/** In bytes: how much there is to free, and how much of it the images that go make up. */
export interface Collection {
  readonly wanted: number;
  readonly found: number;
  readonly references: readonly string[];
}

// The kubelet's --image-gc-high-threshold and --image-gc-low-threshold in percent, and --minimum-image-ttl-duration.
const highPercent = 85;
const lowPercent = 80;
const leastAgeMs = 120_000;

/** Which images go when the disk is nearly full: those that were not used for the longest time first. After pkg/kubelet/images/image_gc_manager.go. */
export function imagesToCollect({ capacity, available }: Disk, images: readonly CollectableImage[], nowMs: number): Collection {
  if (capacity <= 0 || 100 - Math.floor((available * 100) / capacity) < highPercent) return { wanted: 0, found: 0, references: [] };
  const wanted = Math.floor((capacity * (100 - lowPercent)) / 100) - available;
  const free = images.filter(({ isUsed, lastUsedMs }) => !isUsed && nowMs - lastUsedMs >= leastAgeMs).sort((a, b) => a.lastUsedMs - b.lastUsedMs);
  const references: string[] = [];
  let found = 0;
  for (const { reference, sizeBytes } of free) {
    if (found >= wanted) break;
    references.push(reference);
    found += sizeBytes;
  }
  return { wanted, found, references };
}
