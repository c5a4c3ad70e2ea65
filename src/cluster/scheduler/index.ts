import type { Clock, Random } from '../../api/clock';
import { isReason } from '../../api/errors';
import type { Namespace, Node, Pod } from '../../api/generated/core.v1';
import type { PodDisruptionBudget } from '../../api/generated/policy.v1';
import type { Client } from '../../client/client';
import { createInformerSet, type InformerSet } from '../../client/informer';
import { createRecorder, type Recorder } from '../../client/record';
import { namespaces, nodes, podDisruptionBudgets, pods } from '../../kinds/resources';
import { bind, noteUnscheduled, podReference, preempt, type Unscheduled } from './binding';
import { chooseNode, type Choice } from './choose-node';
import { ClusterState } from './cluster-state';
import type { PodInfo } from './node-info';
import { fitErrorMessage, preempting } from './fit-error';
import { observeCluster, schedulerName } from './observe';
import { choosePreemption, ineligible, priorityOf } from './preemption';
import { SchedulingQueue, type Waiting } from './queue';
import { Volumes } from './volumes/volumes';

export interface SchedulerOptions {
  readonly client: Client;
  readonly clock: Clock;
  readonly random: Random;
  readonly log: (line: string) => void;
  /** Shared with other loops of the process, which then also ends them. Own ones when absent. */
  readonly informers?: InformerSet;
}

/** Bindings under way at a time; the next pods wait for one to end. */
const bindingsMax = 64;

/** Longest note of an event, in characters. */
const noteMax = 1024;

/** Finds nodes for pods until stopped. Stopping leaves no timer and no request behind. */
export function startScheduler(options: SchedulerOptions): { stop(): Promise<void> } {
  const informers = options.informers ?? createInformerSet(options);
  const scheduler = new Scheduler(options, informers);
  return {
    async stop() {
      if (!options.informers) informers.stop();
      await scheduler.stop();
    },
  };
}

class Scheduler {
  private readonly volumes: Volumes;
  private readonly cluster: ClusterState;
  private readonly queue: SchedulingQueue;
  private readonly recorder: Recorder;
  private readonly endObserving: () => void;
  private readonly budgets: () => readonly PodDisruptionBudget[];
  /** Pods that others make room for, and where. */
  private readonly nominated = new Map<string, { info: PodInfo; node: string }>();
  private readonly underWay = new Set<Promise<void>>();
  private synced = false;
  private running = false;
  private readonly stopping = new AbortController();
  private stopped = false;

  constructor(private readonly options: SchedulerOptions, informers: InformerSet) {
    this.volumes = new Volumes(options, informers);
    this.cluster = new ClusterState((name) => informers.for<Namespace>(namespaces).get(name)?.metadata.labels, this.volumes);
    this.queue = new SchedulingQueue(options.clock, () => this.wake());
    this.recorder = createRecorder({ ...options, component: schedulerName });
    const budgets = informers.for<PodDisruptionBudget>(podDisruptionBudgets);
    this.budgets = () => budgets.list();
    this.endObserving = observeCluster(informers, this.cluster, this.queue);
    void Promise.all([informers.for<Pod>(pods).synced, informers.for<Node>(nodes).synced, this.volumes.synced]).then(() => {
      this.synced = true;
      this.wake();
    }, () => undefined);
  }

  async stop(): Promise<void> {
    this.stopped = true;
    this.stopping.abort(new Error('the scheduler stops'));
    this.endObserving();
    this.queue.stop();
    await Promise.all(this.underWay);
    await this.recorder.idle();
  }

  private wake(): void {
    if (!this.synced || this.running || this.stopped) return;
    this.running = true;
    queueMicrotask(() => void this.run());
  }

  private async run(): Promise<void> {
    for (let entry = this.queue.pop(); entry && !this.stopped; entry = this.queue.pop()) {
      const task = this.tryPod(entry);
      this.underWay.add(task);
      void task.finally(() => this.underWay.delete(task));
      if (this.underWay.size - this.volumes.waiting >= bindingsMax) await Promise.race(this.underWay);
    }
    this.running = false;
  }

  /** Decides at once; what is written goes on beside the next decisions. Never rejects. */
  private async tryPod(entry: Waiting): Promise<void> {
    const { info } = entry;
    const withdraw = this.reserve(info.pod);
    const choice = chooseNode(info, this.cluster, this.options.random);
    withdraw();
    if ('node' in choice) return this.bind(entry, choice.node);
    this.queue.unschedulable(entry);
    await this.makeRoom(info, choice);
  }

  /** Room that was made for a pod is not for those of less priority. Returns the function that ends it. */
  private reserve(pod: Pod): () => void {
    const uid = pod.metadata.uid ?? '';
    for (const known of this.nominated.keys()) if (!this.queue.has(known)) this.nominated.delete(known);
    if (this.nominated.size === 0) return () => undefined;
    const reserved = [...this.nominated].filter(([other, { info }]) => other !== uid && priorityOf(info.pod) >= priorityOf(pod));
    const withdrawals = reserved.map(([, { info, node }]) => this.cluster.reserve(info, node));
    return () => withdrawals.forEach((withdraw) => withdraw());
  }

  /** The pod comes back when its victims are gone. */
  private async makeRoom(info: PodInfo, { rejections }: Extract<Choice, { rejections: unknown }>): Promise<void> {
    const { pod } = info;
    const why = ineligible(pod, this.cluster, rejections);
    const preemption = why === undefined ? choosePreemption(info, this.cluster, rejections, this.budgets()) : undefined;
    if (!preemption) return this.report(pod, { reason: 'Unschedulable', message: fitErrorMessage(rejections, why) });
    this.nominated.set(pod.metadata.uid ?? '', { info, node: preemption.node });
    const outcomes = await Promise.all(preemption.victims.map((victim) => this.preempt(victim, pod, preemption.node)));
    await this.report(pod, { reason: 'Unschedulable', message: fitErrorMessage(rejections, preempting), nominatedNode: preemption.node });
    if (outcomes.includes(false)) this.queue.retry(pod);
  }

  /** False when the victim is still there. */
  private async preempt(victim: Pod, pod: Pod, node: string): Promise<boolean> {
    const { client, clock, log } = this.options;
    try {
      await preempt(client, victim, clock.now());
      this.recorder.record({
        about: podReference(victim), severity: 'Normal', reason: 'Preempted', action: 'Preempting', message: `Preempted by pod ${pod.metadata.uid} on node ${node}`,
      });
      return true;
    } catch (error) {
      if (!isReason(error, 'Conflict', 'NotFound')) log(`scheduler: ${String(error)}`);
      return isReason(error, 'NotFound');
    }
  }

  private async bind(entry: Waiting, nodeName: string): Promise<void> {
    const { pod } = entry.info;
    const { name, namespace, uid = '' } = pod.metadata;
    this.cluster.assume(entry.info, nodeName);
    try {
      await this.volumes.bind(pod, nodeName, this.stopping.signal);
      await bind(this.options.client, pod, nodeName);
      this.queue.remove(uid);
      this.recorder.record({
        about: podReference(pod), severity: 'Normal', reason: 'Scheduled', action: 'Binding',
        message: `Successfully assigned ${namespace}/${name} to ${nodeName}`,
      });
    } catch (error) {
      if (this.cluster.isAssumed(uid)) this.cluster.forget(uid);
      if (isReason(error, 'NotFound')) return this.queue.remove(uid);
      this.queue.failed(entry);
      await this.report(pod, { reason: 'SchedulerError', message: `binding rejected: ${error instanceof Error ? error.message : String(error)}` });
    }
  }

  private async report(pod: Pod, what: Unscheduled): Promise<void> {
    const { client, clock, log } = this.options;
    const { message } = what;
    const note = message.length > noteMax ? `${message.slice(0, noteMax - 4)} ...` : message;
    this.recorder.record({ about: podReference(pod), severity: 'Warning', reason: 'FailedScheduling', action: 'Scheduling', message: note });
    try {
      await noteUnscheduled(client, pod, what, clock.now());
    } catch (error) {
      if (!isReason(error, 'Conflict', 'NotFound')) log(`scheduler: ${String(error)}`);
    }
  }
}
