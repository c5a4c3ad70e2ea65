import type { Clock } from '../../api/clock';
import type { Pod } from '../../api/generated/core.v1';
import { PriorityHeap } from './heap';
import { podInfo, type PodInfo } from './node-info';

/** A pod on its way to a node. */
export interface Waiting {
  info: PodInfo;
  /** How often it was tried in vain. */
  attempts: number;
  readonly since: number;
  /** Active pods are next; others come back after their back-off, or when the cluster changes. */
  state: 'active' | 'trying' | 'backing-off' | 'unschedulable';
  /** Milliseconds since the epoch before which it is not tried again. */
  notBeforeMs: number;
  /** The cluster changed while it was being tried. */
  retry: boolean;
  cancel?: () => void;
}

// The numbers of pkg/scheduler/internal/queue.
const firstBackoffMs = 1000;
const lastBackoffMs = 10_000;
const leftoverMs = 300_000;

const priorityOf = ({ info: { pod } }: Waiting) => pod.spec?.priority ?? 0;

/** Higher priority first, then who came first. */
const before = (a: Waiting, b: Waiting) => priorityOf(a) > priorityOf(b) || (priorityOf(a) === priorityOf(b) && a.since < b.since);

/** Pods without a node, in the order in which they are tried. After k8s.io/kubernetes/pkg/scheduler/internal/queue. */
export class SchedulingQueue {
  private readonly entries = new Map<string, Waiting>();
  private readonly active = new PriorityHeap<Waiting>(before);
  private arrivals = 0;

  constructor(private readonly clock: Clock, private readonly onActive: () => void) {}

  add(pod: Pod): void {
    const uid = pod.metadata.uid ?? '';
    if (this.entries.has(uid)) return this.refresh(pod);
    const entry: Waiting = { info: podInfo(pod), attempts: 0, since: this.arrivals++, state: 'active', notBeforeMs: 0, retry: false };
    this.entries.set(uid, entry);
    this.activate(entry);
  }

  /** The pod has changed in a way that may let it fit now. */
  retry(pod: Pod): void {
    this.refresh(pod);
    const entry = this.entries.get(pod.metadata.uid ?? '');
    if (entry) this.move(entry);
  }

  remove(uid: string): void {
    const entry = this.entries.get(uid);
    if (!entry) return;
    entry.cancel?.();
    this.entries.delete(uid);
  }

  has(uid: string): boolean {
    return this.entries.has(uid);
  }

  /** The next to try. Tell the outcome by `remove`, `unschedulable` or `failed`. */
  pop(): Waiting | undefined {
    for (;;) {
      const entry = this.active.pop();
      if (!entry) return undefined;
      if (!this.holds(entry) || entry.state !== 'active') continue;
      entry.state = 'trying';
      entry.retry = false;
      return entry;
    }
  }

  /** Fits nowhere: waits until the cluster changes. */
  unschedulable(entry: Waiting): void {
    if (!this.holds(entry)) return;
    this.countAttempt(entry);
    if (entry.retry) return this.backOff(entry);
    entry.state = 'unschedulable';
    // Should no change have told what it is waiting for.
    entry.cancel = this.clock.schedule(leftoverMs, () => this.move(entry));
  }

  /** Something went wrong that has nothing to do with the cluster's state. */
  failed(entry: Waiting): void {
    if (!this.holds(entry)) return;
    this.countAttempt(entry);
    this.backOff(entry);
  }

  /** The cluster has changed: what may fit now is tried again, once its back-off is over. */
  moveAll(concerns: (pod: Pod) => boolean = () => true): void {
    for (const entry of this.entries.values()) if (concerns(entry.info.pod)) this.move(entry);
  }

  stop(): void {
    for (const entry of this.entries.values()) entry.cancel?.();
    this.entries.clear();
  }

  /** False when the pod was taken out in the meantime. */
  private holds(entry: Waiting): boolean {
    return this.entries.get(entry.info.pod.metadata.uid ?? '') === entry;
  }

  private refresh(pod: Pod): void {
    const entry = this.entries.get(pod.metadata.uid ?? '');
    if (entry) entry.info = podInfo(pod);
  }

  private move(entry: Waiting): void {
    if (entry.state === 'trying') entry.retry = true;
    if (entry.state !== 'unschedulable') return;
    entry.cancel?.();
    this.backOff(entry);
  }

  private countAttempt(entry: Waiting): void {
    const delayMs = Math.min(firstBackoffMs * 2 ** entry.attempts, lastBackoffMs);
    entry.attempts += 1;
    entry.notBeforeMs = this.clock.now() + delayMs;
  }

  private backOff(entry: Waiting): void {
    const delayMs = entry.notBeforeMs - this.clock.now();
    if (delayMs <= 0) return this.activate(entry);
    entry.state = 'backing-off';
    entry.cancel = this.clock.schedule(delayMs, () => this.activate(entry));
  }

  private activate(entry: Waiting): void {
    if (!this.holds(entry)) return;
    entry.state = 'active';
    delete entry.cancel;
    this.active.push(entry);
    this.onActive();
  }
}
