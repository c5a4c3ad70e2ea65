/** Fans out "something changed in this pod" to the watchers of its node. A slow watcher sees each pod once, however often it changed. */
export class PodChanges {
  private readonly watchers = new Map<string, Set<Watcher>>();

  emit(nodeName: string, podUid: string): void {
    this.watchers.get(nodeName)?.forEach((watcher) => watcher.add(podUid));
  }

  /** Tells every watcher to take a whole snapshot. */
  emitAll(): void {
    for (const watchers of this.watchers.values()) watchers.forEach((watcher) => watcher.add(''));
  }

  /** Collects from the call on; ends when the signal aborts. */
  watch(nodeName: string, signal: AbortSignal): AsyncIterable<{ podUid: string }> {
    const watcher = new Watcher();
    const watchers = this.watchers.get(nodeName) ?? new Set();
    this.watchers.set(nodeName, watchers.add(watcher));
    const end = () => {
      watchers.delete(watcher);
      watcher.end();
    };
    if (signal.aborted) end();
    else signal.addEventListener('abort', end, { once: true });
    return watcher.drain();
  }
}

class Watcher {
  private readonly pending = new Set<string>();
  private ended = false;
  private wake: () => void = () => undefined;

  add(podUid: string): void {
    this.pending.add(podUid);
    this.wake();
  }

  end(): void {
    this.ended = true;
    this.wake();
  }

  async *drain(): AsyncIterable<{ podUid: string }> {
    while (!this.ended) {
      for (const podUid of this.pending) {
        this.pending.delete(podUid);
        yield { podUid };
        if (this.ended) return;
      }
      await new Promise<void>((resolve) => {
        this.wake = resolve;
        if (this.ended || this.pending.size > 0) resolve();
      });
    }
  }
}
