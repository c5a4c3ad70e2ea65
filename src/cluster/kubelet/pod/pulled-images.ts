export interface PulledImage {
  readonly reference: string;
  readonly sizeBytes: number;
  readonly lastUsedMs: number;
}

/** What a kubelet has pulled since it started, and when each was used last. */
export class PulledImages {
  private readonly images = new Map<string, PulledImage>();

  pulled(reference: string, sizeBytes: number, nowMs: number): void {
    this.images.set(reference, { reference, sizeBytes, lastUsedMs: nowMs });
  }

  used(reference: string, nowMs: number): void {
    const known = this.images.get(reference);
    if (known) this.images.set(reference, { ...known, lastUsedMs: nowMs });
  }

  forget(reference: string): void {
    this.images.delete(reference);
  }

  all(): PulledImage[] {
    return [...this.images.values()];
  }
}
