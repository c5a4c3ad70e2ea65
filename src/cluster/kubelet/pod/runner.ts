import { sleep } from '../../../api/clock';
import { deepEqual } from '../../../api/equal';
import type { Pod, PodStatus } from '../../../api/generated/core.v1';
import type { Sandbox } from '../../../runtime/port';
import type { Rejection } from '../decide/admission';
import { decide } from '../decide/decide';
import { podId, readySandbox, type Action, type Decision, type PendingResize, type PodView } from '../decide/view';
import { runProbe } from '../probes/probe';
import { PodProbes } from '../probes/probes';
import { podStatus } from '../status/status';
import { referencedObjects } from '../volumes/references';
import type { Host } from './host';
import { operations, type Operation } from './operations';
import { PodState } from './state';
import { StatusWriter } from './status-writer';
import { runtimeUid } from '../spec/uid';

/** Whom the end of a pod is told. */
interface Ends {
  /** Once: it takes nothing of its node any more. It never begins anew. */
  over(): void;
  /** Nothing is left of it, neither here nor in the API. */
  finished(): void;
}

interface InFlight {
  done: Promise<void>;
  abort: AbortController;
  deadlineMs?: number;
}

/**
 * Looks after one pod: every change of the pod, of the runtime or of a probe, and every timer, leads to one look at
 * the whole of it, which starts what is to be done and does not wait for it. Looks are serialised, one at a time; what
 * comes in one turn of the clock is seen by one.
 */
export class PodRunner {
  private readonly state: PodState;
  private readonly statuses: StatusWriter;
  private readonly probes: PodProbes;
  private readonly inFlight = new Map<string, InFlight>();
  private readonly announced = new Set<string>();
  private isLooking = false;
  private isDirty = false;
  /** Of the look that begins with the next turn. */
  private cancelLook: (() => void) | undefined;
  private isStale = true;
  private isStopped = false;
  private isOver = false;
  private volumesStale = false;
  private cancelTimer: () => void = () => undefined;

  constructor(private readonly host: Host, pod: Pod, private readonly ends: Ends, known?: readonly Sandbox[]) {
    this.state = new PodState(pod);
    if (known) {
      this.state.sandboxes = known;
      this.isStale = false;
    }
    this.statuses = new StatusWriter(host.client, host.clock, (written) => this.takeNewer(written), (error) => this.statusFailed(error));
    this.probes = new PodProbes({
      clock: host.clock,
      run: (type, probe, target) => runProbe(type, probe, target, host.runtime, host),
      onChange: () => this.wake(),
      onUnhealthy: (container, message) => host.events.container(this.state.pod, container, 'Warning', 'Unhealthy', message),
    });
  }

  get pod(): Pod {
    return this.statuses.overlay(this.state.pod);
  }

  get sandboxes(): readonly Sandbox[] {
    return this.state.sandboxes;
  }

  /** While it is not over, it takes of its node what it asks for. */
  private tellOver(): void {
    if (this.isOver || !(this.state.gone || isOver(this.state.pod.status) || isOver(this.statuses.desired))) return;
    this.isOver = true;
    this.ends.over();
  }

  /** Its node does not take it: it has failed before anything was begun. After kubelet's rejectPod. */
  reject({ reason, message }: Rejection): void {
    const { pod } = this.state;
    this.host.events.pod(pod, 'Warning', reason, message);
    this.statuses.set(pod, { ...pod.status, phase: 'Failed', reason, message: `Pod was rejected: ${message}` });
  }

  /** What the node says to the amounts that the pod asks for now; undefined: it has them. */
  resize(pending: PendingResize | undefined): void {
    if (deepEqual(pending, this.state.pendingResize)) return;
    if (pending) this.state.pendingResize = pending;
    else delete this.state.pendingResize;
    this.wake();
  }

  /** Its node keeps it no longer, whatever it is doing. After evictPod of pkg/kubelet/eviction. */
  evict(message: string): void {
    if (this.isOver || this.state.eviction !== undefined) return;
    this.state.eviction = message;
    this.host.events.pod(this.state.pod, 'Warning', 'Evicted', message);
    this.wake();
  }

  get isResizePending(): boolean {
    return this.state.pendingResize !== undefined;
  }

  update(pod: Pod): void {
    const isRelabelled = hasOtherLabels(pod, this.state.pod);
    if (isRelabelled) this.volumesStale = true;
    const isEcho = !isRelabelled && asksTheSame(pod, this.state.pod) && deepEqual(pod.status, this.statuses.desired);
    this.takeNewer(pod);
    this.tellOver();
    if (!isEcho) this.wake();
  }

  /** The API has it no more. */
  remove(): void {
    this.state.gone = true;
    this.tellOver();
    if (this.state.finished) this.end();
    else this.wake();
  }

  runtimeChanged(): void {
    this.isStale = true;
    this.wake();
  }

  /** `configmaps/name` or `secrets/name` of its namespace changed. */
  referenceChanged(reference: string): void {
    if (!referencedObjects(this.state.pod).has(reference)) return;
    this.volumesStale = true;
    if (this.state.volumes !== 'ready') this.state.volumes = 'unknown';
    for (const [name, { reason }] of this.state.failures) if (reason === 'CreateContainerConfigError') this.state.failures.delete(name);
    this.wake();
  }

  wake(): void {
    if (this.isStopped) return;
    this.isDirty = true;
    if (!this.isLooking) this.lookSoon();
  }

  private lookSoon(): void {
    this.cancelLook ??= this.host.clock.schedule(0, () => {
      this.cancelLook = undefined;
      void this.look();
    });
  }

  /** Ends the looking after, not the pod. Waits for what is being made, so that nothing appears later. */
  async stop(): Promise<void> {
    this.isStopped = true;
    this.cancelLook?.();
    this.cancelTimer();
    this.probes.stop();
    const making = [...this.inFlight].filter(([key]) => !key.startsWith('kill ')).map(([, { done, abort }]) => {
      abort.abort();
      return done;
    });
    await Promise.allSettled(making);
    await this.statuses.flush();
  }

  private async look(): Promise<void> {
    this.isLooking = true;
    this.isDirty = false;
    try {
      await this.lookOnce();
    } catch (error) {
      this.host.log(`pod ${podId(this.state.pod)}: ${String(error)}`);
      this.wakeAt(this.host.clock.now() + 1000);
    }
    this.isLooking = false;
    if (this.isDirty && !this.isStopped) this.lookSoon();
  }

  private async lookOnce(): Promise<void> {
    const { state, host } = this;
    if (state.finished) return;
    if (this.isStale) {
      this.isStale = false;
      state.sandboxes = await host.runtime.snapshot({ podUid: runtimeUid(state.pod) }).catch((error: unknown) => {
        this.isStale = true;
        throw error;
      });
    }
    const { decision, status } = this.settle();
    for (const action of decision.actions) this.launch(action);
    this.refreshVolumes();
    if (this.isEnding()) this.abortPulls();
    this.announce(decision);
    this.probes.update(state.pod, state.gone ? undefined : readySandbox(state.usableSandboxes), this.podIP, new Set(this.inFlight.keys()));
    if (this.tellsStatus()) this.statuses.set(state.pod, status ?? this.status(decision, false));
    this.tellOver();
    this.wakeAt(earliest(decision.wakeAtMs, this.refreshAtMs()));
  }

  /** Nothing is begun for a pod of which the first look shows that it is over. The status, where it still holds after that. */
  private settle(): { decision: Decision; status?: PodStatus } {
    const view = this.view();
    const decision = decide(view);
    if (!this.tellsStatus()) return { decision };
    const status = this.statusOf(view, decision, false);
    if (isOver(view.pod.status) || !isOver(status)) return { decision, status };
    this.statuses.set(this.state.pod, status);
    return { decision: decide(this.view()) };
  }

  private tellsStatus(): boolean {
    return !this.state.gone && !this.inFlight.has('finish');
  }

  private view() {
    return this.state.view(this.pod, (id, type) => this.probes.verdict(id, type), new Set(this.inFlight.keys()), this.host.clock.now());
  }

  private status(decision: Pick<Decision, 'waiting' | 'outcome'>, isTerminal: boolean): PodStatus {
    return this.statusOf(this.view(), decision, isTerminal);
  }

  private statusOf(view: PodView, decision: Pick<Decision, 'waiting' | 'outcome'>, isTerminal: boolean): PodStatus {
    return podStatus(view, decision, { isTerminal, hostIP: this.host.network.address });
  }

  private get podIP(): string {
    return this.state.podIP ?? this.host.network.address;
  }

  private isEnding(): boolean {
    return this.state.gone || this.state.pod.metadata.deletionTimestamp !== undefined;
  }

  private abortPulls(): void {
    for (const [key, { abort }] of this.inFlight) if (key.startsWith('image ')) abort.abort();
  }

  /** Of two with one key the second waits its turn, but a kill that has to be over earlier does not. */
  private launch(action: Action): void {
    const running = this.inFlight.get(action.key);
    if (!running) return this.start(action.key, action);
    if (action.do !== 'killContainer' || action.deadlineMs === undefined || running.deadlineMs === undefined) return;
    if (action.deadlineMs < running.deadlineMs) {
      running.deadlineMs = action.deadlineMs;
      this.start(`${action.key} by ${action.deadlineMs}`, action, () => this.host.runtime.stopContainer(action.id, action.graceSeconds));
    }
  }

  private start(key: string, action: Action, run = (operation: Operation) => carryOut(operation, action)): void {
    const abort = new AbortController();
    const operation: Operation = { host: this.host, state: this.state, signal: abort.signal, wake: () => this.wake(), writeLastStatus: () => this.writeLastStatus() };
    const done = run(operation).then(() => this.state.noTrouble(key), (error: unknown) => this.operationFailed(key, error, abort.signal)).finally(() => this.operationEnded(key, action));
    this.inFlight.set(key, { done, abort, ...(action.do === 'killContainer' && action.deadlineMs !== undefined && { deadlineMs: action.deadlineMs }) });
  }

  private operationEnded(key: string, action: Action): void {
    this.inFlight.delete(key);
    if (this.state.finished && this.state.gone) this.end();
    else if (leavesContainers.has(action.do)) this.wake();
    else this.runtimeChanged();
  }

  /** The key stays taken for a while, so that the next look does not do the same again at once. */
  private async operationFailed(key: string, error: unknown, signal: AbortSignal): Promise<void> {
    const { clock, log, events } = this.host;
    const message = error instanceof Error ? error.message : String(error);
    log(`pod ${podId(this.state.pod)}: ${key}: ${message}`);
    if (key.startsWith('kill ')) events.pod(this.state.pod, 'Warning', 'FailedKillPod', `error killing pod: ${message}`);
    const { retryAtMs } = this.state.trouble(key, 'Failed', message, clock.now());
    if (!this.isStopped) await sleep(clock, retryAtMs - clock.now(), signal).catch(() => undefined);
  }

  private async writeLastStatus(): Promise<void> {
    this.probes.stop();
    this.statuses.set(this.state.pod, this.status({ waiting: new Map() }, true));
    await this.statuses.flush();
  }

  private refreshVolumes(): void {
    const refreshAtMs = this.refreshAtMs();
    const isDue = this.volumesStale || (refreshAtMs !== undefined && refreshAtMs <= this.host.clock.now());
    if (!isDue || this.state.volumes !== 'ready' || this.inFlight.has('volumes') || this.isEnding()) return;
    this.volumesStale = false;
    this.launch({ do: 'mountVolumes', key: 'volumes' });
  }

  /** When tokens that the pod mounts have to be renewed. */
  private refreshAtMs(): number | undefined {
    const atMs = this.host.sources.refreshAtMs(this.state.pod);
    return atMs === undefined ? undefined : Math.max(atMs, this.state.volumesRetryAtMs);
  }

  /** One event for each time that a container has to wait. */
  private announce({ waiting }: Decision): void {
    for (const [name, { reason, message }] of waiting) {
      if (reason !== 'CrashLoopBackOff' || this.announced.has(name)) continue;
      this.announced.add(name);
      this.host.events.container(this.state.pod, { name }, 'Warning', 'BackOff', `Back-off restarting failed container ${name} in pod ${message.slice(message.indexOf('pod=') + 4)}`);
    }
    for (const name of this.announced) if (!waiting.has(name)) this.announced.delete(name);
  }

  private takeNewer(pod: Pod): void {
    const version = (of: Pod) => Number(of.metadata.resourceVersion ?? 0);
    if (version(pod) >= version(this.state.pod)) this.state.pod = pod;
  }

  private statusFailed(error: unknown): void {
    this.host.log(`pod ${podId(this.state.pod)}: cannot write status: ${error instanceof Error ? error.message : String(error)}`);
    this.wakeAt(this.host.clock.now() + 1000);
  }

  private wakeAt(atMs: number | undefined): void {
    this.cancelTimer();
    this.cancelTimer = () => undefined;
    if (atMs === undefined || this.isStopped) return;
    this.cancelTimer = this.host.clock.schedule(Math.max(0, atMs - this.host.clock.now()), () => this.wake());
  }

  private end(): void {
    if (this.isStopped) return;
    this.isStopped = true;
    this.cancelLook?.();
    this.cancelTimer();
    this.probes.stop();
    this.host.images.forget(this.state.pod);
    this.host.sources.forget(this.state.pod);
    this.tellOver();
    this.ends.finished();
  }
}

const isOver = (status: PodStatus | undefined) => status?.phase === 'Succeeded' || status?.phase === 'Failed';

/** After these the last snapshot still holds. */
const leavesContainers: ReadonlySet<Action['do']> = new Set(['mountVolumes', 'prepareImage']);

function carryOut(operation: Operation, action: Action): Promise<void> {
  const run = operations[action.do] as (operation: Operation, action: Action) => Promise<void>;
  return run(operation, action);
}

/** Apart from its status, which the kubelet writes itself. */
function asksTheSame({ metadata: a }: Pod, { metadata: b }: Pod): boolean {
  return a.generation === b.generation && a.deletionTimestamp === b.deletionTimestamp && a.deletionGracePeriodSeconds === b.deletionGracePeriodSeconds;
}

const hasOtherLabels = ({ metadata: a }: Pod, { metadata: b }: Pod) => !deepEqual([a.labels, a.annotations], [b.labels, b.annotations]);

const earliest = (...times: (number | undefined)[]) => times.reduce((first, time) => (time !== undefined && (first === undefined || time < first) ? time : first), undefined);
