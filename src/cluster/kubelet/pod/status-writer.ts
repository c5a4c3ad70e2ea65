import type { Clock } from '../../../api/clock';
import { deepEqual } from '../../../api/equal';
import { isReason } from '../../../api/errors';
import type { Pod, PodStatus } from '../../../api/generated/core.v1';
import type { Client } from '../../../client/client';
import { pods } from '../resources';

const ownedConditions = new Set(['PodReadyToStartContainers', 'Initialized', 'Ready', 'ContainersReady', 'PodScheduled', 'PodResizePending', 'PodResizeInProgress']);
const isTerminal = (status: PodStatus | undefined) => status?.phase === 'Succeeded' || status?.phase === 'Failed';

/** Writes the status of one pod: the newest only, one write at a time. What comes of one turn is one write. */
export class StatusWriter {
  /** The last status that was asked for, written or not. */
  desired?: PodStatus;
  /** What was sent last, and what the API made of it. */
  private written?: { sent: PodStatus; stored: Pod };
  private writing?: Promise<void>;
  /** The write that begins with the next turn. */
  private due?: { pod: Pod; cancel: () => void };

  constructor(private readonly client: Client, private readonly clock: Clock, private readonly onWritten: (pod: Pod) => void, private readonly onFailed: (error: unknown) => void) {}

  /** The pod with what this kubelet has found out about it, whether or not the API has it yet. */
  overlay(pod: Pod): Pod {
    if (!this.desired || isTerminal(pod.status)) return pod;
    return { ...pod, status: merge(pod.status, this.desired) };
  }

  set(pod: Pod, status: PodStatus): void {
    this.desired = status;
    if (this.due) this.due.pod = pod;
    else if (!this.writing && !this.isStored(pod, status)) this.due = { pod, cancel: this.clock.schedule(0, () => this.begin()) };
  }

  /** Resolves when the desired status is written, or cannot be. */
  async flush(): Promise<void> {
    this.due?.cancel();
    this.begin();
    await this.writing;
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

const versionOf = ({ metadata }: Pod) => Number(metadata.resourceVersion ?? 0);

/** Conditions of others are theirs. */
function merge(theirs: PodStatus | undefined, ours: PodStatus): PodStatus {
  const others = (theirs?.conditions ?? []).filter(({ type }) => !ownedConditions.has(type));
  return { ...ours, conditions: [...others, ...(ours.conditions ?? []).filter(({ type }) => ownedConditions.has(type))] };
}
