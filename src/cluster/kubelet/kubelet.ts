import { deepEqual } from '../../api/equal';
import type { Node, Pod } from '../../api/generated/core.v1';
import type { Informer } from '../../client/informer';
import { amounts } from '../../kinds/pod-requests';
import { byNode } from '../../kinds/pod-state';
import type { Sandbox } from '../../runtime/port';
import { demandOf, rejectionOf, Taken } from './decide/admission';
import { asAllocated, resizeVerdict } from './decide/resize';
import type { Host } from './pod/host';
import { PodRunner } from './pod/runner';
import { mirroredHash, runtimeUid } from './spec/uid';
import { podsReferringTo } from './volumes/references';

/** The runners of one node's pods, and what wakes them. */
export class Kubelet {
  private readonly runners = new Map<string, PodRunner>();
  private readonly taken = new Taken();
  /** Static pods that are to end, by what the runtime knows them by. */
  private readonly released = new Set<string>();
  private readonly ends: (() => void)[] = [];
  private readonly stopping = new AbortController();
  private watching: Promise<void> = Promise.resolve();

  constructor(private readonly host: Host, private readonly podInformer: Informer<Pod>, private readonly nodeInformer: Informer<Node>, private readonly runsStaticPods = false) {}

  /** Takes over what runs already, removes what no pod wants any more, then follows the API and the runtime. */
  async start(): Promise<void> {
    const { runtime, nodeName, addresses } = this.host;
    const changes = runtime.watch(nodeName, this.stopping.signal);
    const found = byPod(await runtime.snapshot({ nodeName }));
    for (const sandboxes of found.values()) for (const { state, ip } of sandboxes) if (state === 'ready' && ip) addresses.take(ip);
    this.ends.push(this.podInformer.subscribeTo(byNode, nodeName, {
      added: (pod) => this.podChanged(pod, found),
      updated: (pod) => this.podChanged(pod, found),
      deleted: (pod) => {
        if (!this.isKept(pod)) this.runners.get(runtimeUid(pod))?.remove();
      },
    }));
    for (const [uid, sandboxes] of found) if (!this.runners.has(uid)) this.removeOrphan(sandboxes);
    found.clear();
    this.ends.push(this.host.sources.onChange((namespace, reference) => this.referenceChanged(namespace, reference)));
    this.watching = this.follow(changes);
  }

  find(uid: string): PodRunner | undefined {
    return this.runners.get(uid);
  }

  /** Of all pods that it looks after. */
  all(): Iterable<PodRunner> {
    return this.runners.values();
  }

  /** The pods go on. */
  async stop(): Promise<void> {
    this.stopping.abort();
    this.ends.splice(0).forEach((end) => end());
    await Promise.allSettled([...this.runners.values()].map((runner) => runner.stop()));
    await this.watching;
  }

  /** A static pod is not wanted any more: it ends with the API's object of it, which may be gone already. */
  release(pod: Pod): void {
    const uid = runtimeUid(pod);
    this.released.add(uid);
    const { name, namespace } = pod.metadata;
    const known = this.podInformer.get(name, namespace);
    if (known && runtimeUid(known) === uid) this.podChanged(known, new Map());
    else this.runners.get(uid)?.remove();
  }

  /** Whoever deletes the object that stands for a static pod does not end the pod. */
  private isKept(pod: Pod): boolean {
    return this.runsStaticPods && mirroredHash(pod) !== undefined && !this.released.has(runtimeUid(pod));
  }

  private podChanged(given: Pod, found: ReadonlyMap<string, Sandbox[]>): void {
    const pod = this.isKept(given) ? undeleted(given) : given;
    const uid = runtimeUid(pod);
    const runner = this.runners.get(uid);
    if (runner) {
      runner.update(pod);
      return this.resize(runner);
    }
    const added = this.run(pod, found.get(uid) ?? []);
    this.admit(pod, added, found.has(uid));
    added.wake();
  }

  /** A pod that was bound past the scheduler may not fit. One that was begun has been taken already. */
  private admit(pod: Pod, runner: PodRunner, isBegun: boolean): void {
    const demand = demandOf(pod);
    const node = this.nodeInformer.get(this.host.nodeName);
    const isNew = !isBegun && !pod.status?.startTime && !pod.metadata.deletionTimestamp && phaseOf(pod) !== 'Failed';
    const rejection = isNew && node ? rejectionOf(pod, demand, this.taken, node) : undefined;
    if (rejection) return runner.reject(rejection);
    if (phaseOf(pod) === 'Failed' || phaseOf(pod) === 'Succeeded') return;
    this.taken.set(runtimeUid(pod), isNew ? demand : demandOf(asAllocated(pod)));
    this.resize(runner);
  }

  /** Gives the pod what it asks for now, if there is so much. Otherwise it keeps what it has. */
  private resize(runner: PodRunner): void {
    const uid = runtimeUid(runner.pod);
    const given = this.taken.get(uid);
    if (!given) return;
    const wanted = demandOf(runner.pod);
    if (!runner.isResizePending && deepEqual(wanted.requests, given.requests)) return;
    this.taken.delete(uid);
    const pending = resizeVerdict(wanted, given, this.taken, amounts(this.nodeInformer.get(this.host.nodeName)?.status?.allocatable));
    this.taken.set(uid, pending ? given : wanted);
    runner.resize(pending);
  }

  /** Somebody has left, or asks for less. */
  private retryResizes(): void {
    for (const runner of this.runners.values()) if (runner.isResizePending) this.resize(runner);
  }

  private giveBack(uid: string): void {
    if (this.taken.delete(uid)) this.retryResizes();
  }

  private run(pod: Pod, sandboxes: Sandbox[]): PodRunner {
    const uid = runtimeUid(pod);
    const finished = () => {
      this.runners.delete(uid);
      this.released.delete(uid);
    };
    const ends = { over: () => this.giveBack(uid), finished };
    const runner = new PodRunner(this.host, pod, ends, sandboxes);
    this.runners.set(uid, runner);
    return runner;
  }

  /** Its pod was deleted while nobody looked. Of the pod only what the runtime knows is left. */
  private removeOrphan(sandboxes: Sandbox[]): void {
    const { podUid, podName, namespace, nodeName } = sandboxes[0]!;
    this.host.log(`pod ${namespace}/${podName} (${podUid}) is gone from the API: its containers are removed`);
    const pod: Pod = { metadata: { name: podName, namespace, uid: podUid }, spec: { containers: [], nodeName, terminationGracePeriodSeconds: 1 } };
    this.run(pod, sandboxes).remove();
  }

  private referenceChanged(namespace: string, reference: string): void {
    for (const pod of podsReferringTo(this.podInformer, this.host.nodeName, namespace, reference)) this.runners.get(runtimeUid(pod))?.referenceChanged(reference);
  }

  private async follow(changes: AsyncIterable<{ podUid: string }>): Promise<void> {
    try {
      for await (const { podUid } of changes) {
        if (podUid === '') this.runners.forEach((runner) => runner.runtimeChanged());
        else this.runners.get(podUid)?.runtimeChanged();
      }
    } catch (error) {
      this.host.log(`node ${this.host.nodeName}: the runtime's events ended: ${String(error)}`);
    }
  }
}

function undeleted(pod: Pod): Pod {
  const { deletionTimestamp: _since, deletionGracePeriodSeconds: _grace, ...metadata } = pod.metadata;
  return { ...pod, metadata };
}

const phaseOf = ({ status }: Pod) => status?.phase;

function byPod(sandboxes: readonly Sandbox[]): Map<string, Sandbox[]> {
  const map = new Map<string, Sandbox[]>();
  for (const sandbox of sandboxes) map.set(sandbox.podUid, [...(map.get(sandbox.podUid) ?? []), sandbox]);
  return map;
}
