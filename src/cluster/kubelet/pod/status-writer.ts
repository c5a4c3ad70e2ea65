import type { Clock } from '../../../api/clock';
import { deepEqual } from '../../../api/equal';
import { isReason } from '../../../api/errors';
import type { Pod, PodStatus } from '../../../api/generated/core.v1';
import type { Client } from '../../../client/client';
import { pods } from '../resources';

const ownedConditions = new Set(['PodReadyToStartContainers', 'Initialized', 'Ready', 'ContainersReady', 'PodScheduled', 'PodResizePending', 'PodResizeInProgress']);
const isTerminal = (status: PodStatus | undefined) => status?.phase === 'Succeeded' || status?.phase === 'Failed';

/** How long what is told of a pod that only begins waits for what tells more: that it runs, in most cases. The kubelet upstream looks once a second. */
const beginningMs = 100;
/** A process that fires timers this much too late has more to do than it can: what follows is late as well, and a beginning waits for it, but not without end. */
const lateMs = 10;
const beginningMaxMs = 5_000;

/** Writes the status of one pod: the newest only, one write at a time. What comes of one turn is one write. */
export class StatusWriter {
  /** The last status that was asked for, written or not. */
  desired?: PodStatus;
  /** What was sent last, and what the API made of it. */
  private written?: { sent: PodStatus; stored: Pod };
  private writing?: Promise<void>;
  /** The write that begins with the next turn, or soon. */
  private due: { pod: Pod; readonly isSoon: boolean; readonly cancel: () => void } | undefined;

  constructor(private readonly client: Client, private readonly clock: Clock, private readonly onWritten: (pod: Pod) => void, private readonly onFailed: (error: unknown) => void) {}

  /**
   * The pod with what this kubelet has found out about it, whether or not the API has it yet: what is found out next
   * starts from the newest, or two versions would chase each other. That others have ended the pod holds.
   */
  overlay(pod: Pod): Pod {
    if (!this.desired || (isTerminal(pod.status) && !isTerminal(this.desired))) return pod;
    return { ...pod, status: merge(pod.status, this.desired) };
  }

  set(pod: Pod, status: PodStatus): void {
    this.desired = status;
    const { due } = this;
    if (due) {
      due.pod = pod;
      if (due.isSoon || onlyBegins(status)) return;
      due.cancel();
      this.due = this.scheduleSoon(pod);
    } else if (!this.writing && !this.isStored(pod, status)) {
      this.due = onlyBegins(status) ? this.scheduleBeginning(pod) : this.scheduleSoon(pod);
    }
  }

  /** Resolves when the desired status is written, or cannot be. */
  async flush(): Promise<void> {
    this.due?.cancel();
    this.begin();
    await this.writing;
  }

  private scheduleSoon(pod: Pod): StatusWriter['due'] {
    return { pod, isSoon: true, cancel: this.clock.schedule(0, () => this.begin()) };
  }

  private scheduleBeginning(pod: Pod, sinceMs = this.clock.now()): StatusWriter['due'] {
    const dueMs = this.clock.now() + beginningMs;
    const fire = () => {
      const nowMs = this.clock.now();
      if (this.due && nowMs - dueMs > lateMs && nowMs - sinceMs < beginningMaxMs) this.due = this.scheduleBeginning(this.due.pod, sinceMs);
      else this.begin();
    };
    return { pod, isSoon: false, cancel: this.clock.schedule(beginningMs, fire) };
  }

  private begin(): void {
    if (!this.due) return;
    const { pod } = this.due;
    this.due = undefined;
    this.writing = this.write(pod);
  }

  /** Also when the API has it in another form. Not when somebody has changed it since. */
  private isStored(pod: Pod, status: PodStatus): boolean {
    if (deepEqual(merge(pod.status, status), pod.status)) return true;
    if (!this.written || !deepEqual(status, this.written.sent)) return false;
    const { stored } = this.written;
    return versionOf(pod) <= versionOf(stored) || deepEqual(merge(pod.status, stored.status!), pod.status);
  }

  private async write(pod: Pod): Promise<void> {
    try {
      for (let current = pod; this.desired && !this.isStored(current, this.desired);) {
        const status = this.desired;
        current = await this.writeOnce(current, status);
        this.written = { sent: status, stored: current };
        this.onWritten(current);
      }
    } catch (error) {
      if (!isReason(error, 'NotFound')) this.onFailed(error);
    } finally {
      this.writing = undefined;
    }
  }

  private async writeOnce(pod: Pod, status: PodStatus): Promise<Pod> {
    try {
      return await this.client.update<Pod>(pods, { ...pod, status: merge(pod.status, status) }, { subresource: 'status' });
    } catch (error) {
      if (!isReason(error, 'Conflict')) throw error;
      const fresh = await this.client.get<Pod>(pods, pod.metadata.name, pod.metadata.namespace);
      if (fresh.metadata.uid !== pod.metadata.uid) return pod;
      return this.client.update<Pod>(pods, { ...fresh, status: merge(fresh.status, status) }, { subresource: 'status' });
    }
  }
}

const beginnings = new Set(['ContainerCreating', 'PodInitializing']);

/** Nothing of it has run or failed so far. */
function onlyBegins({ phase, reason, initContainerStatuses = [], containerStatuses = [], ephemeralContainerStatuses = [] }: PodStatus): boolean {
  if (phase !== 'Pending' || reason !== undefined || ephemeralContainerStatuses.length) return false;
  return [...initContainerStatuses, ...containerStatuses].every(({ state, restartCount }) => restartCount === 0 && beginnings.has(state?.waiting?.reason ?? ''));
}

const versionOf = ({ metadata }: Pod) => Number(metadata.resourceVersion ?? 0);

/** Conditions of others are theirs. */
function merge(theirs: PodStatus | undefined, ours: PodStatus): PodStatus {
  const others = (theirs?.conditions ?? []).filter(({ type }) => !ownedConditions.has(type));
  return { ...ours, conditions: [...others, ...(ours.conditions ?? []).filter(({ type }) => ownedConditions.has(type))] };
}
