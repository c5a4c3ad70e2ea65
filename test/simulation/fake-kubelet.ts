import { microTimestamp, timestamp, type Clock, type Random } from '../../src/api/clock';
import type { Lease } from '../../src/api/generated/coordination.v1';
import type { Node, Pod } from '../../src/api/generated/core.v1';
import { isReason } from '../../src/api/errors';
import { objectKey } from '../../src/api/meta';
import type { Client } from '../../src/client/client';
import { createInformer } from '../../src/client/informer';
import { isFinished, podCondition } from '../../src/kinds/pod-state';
import { leases, nodes, pods } from '../../src/kinds/resources';

export interface FakeKubeletOptions {
  client: Client;
  clock: Clock;
  random: Random;
  nodeName: string;
  /** Pods whose image has this name never become ready. */
  brokenImage?: string;
}

/** Rarer than a real kubelet does, yet in time for the 40 seconds after which a node counts as lost: it is much of what is written. */
const renewEveryMs = 30_000;

/** Images whose containers end by themselves. */
const outcomes: Record<string, ((random: Random) => 'Succeeded' | 'Failed') | undefined> = {
  done: () => 'Succeeded',
  fail: () => 'Failed',
  fragile: (random) => (random() < 0.8 ? 'Succeeded' : 'Failed'),
};

/** Starts and stops the pods of one node after random times: as little of a kubelet as the loops need to see. */
export function startFakeKubelet({ client, clock, random, nodeName, brokenImage = 'broken' }: FakeKubeletOptions): { stop(): void } {
  const abort = new AbortController();
  const seen = new Set<string>();
  const addresses = new Map<string, string>();
  const timers = new Set<() => void>();
  const later = (ms: number, work: () => Promise<unknown>) => {
    const cancel = clock.schedule(ms, () => {
      timers.delete(cancel);
      void work().catch((error: unknown) => {
        if (abort.signal.aborted || isReason(error, 'NotFound')) return;
        later(50 + 100 * random(), work);
      });
    });
    timers.add(cancel);
  };

  const setStatus = async (pod: Pod, change: (status: NonNullable<Pod['status']>) => NonNullable<Pod['status']>) => {
    const current = await client.get<Pod>(pods, pod.metadata.name, pod.metadata.namespace);
    if (current.metadata.uid !== pod.metadata.uid || isFinished(current)) return;
    await client.update(pods, { ...current, status: change(current.status ?? {}) }, { subresource: 'status' });
  };
  const start = (pod: Pod) => setStatus(pod, (status) => {
    const ip = `10.244.${nodeName.length}.${addresses.size + 2}`;
    addresses.set(objectKey(pod), ip);
    return { ...status, phase: 'Running', podIP: ip, podIPs: [{ ip }] };
  });
  const becomeReady = (pod: Pod) => setStatus(pod, (status) => ({
    ...status,
    conditions: [...(status.conditions ?? []).filter(({ type }) => type !== 'Ready'),
      { type: 'Ready', status: 'True', lastTransitionTime: timestamp(clock.now()) }],
  }));

  const end = (pod: Pod, phase: 'Succeeded' | 'Failed') => setStatus(pod, (status) => ({
    ...status, phase,
    conditions: [...(status.conditions ?? []).filter(({ type }) => type !== 'Ready'), { type: 'Ready', status: 'False', lastTransitionTime: timestamp(clock.now()) }],
    containerStatuses: pod.spec!.containers.map(({ name, image = '' }) => ({
      name, image, imageID: '', ready: false, restartCount: 0,
      state: { terminated: { exitCode: phase === 'Failed' ? 1 : 0, finishedAt: timestamp(clock.now()) } },
    })),
  }));

  const follow = (pod: Pod) => {
    if (pod.spec?.nodeName !== nodeName) return;
    const { uid = '', name, namespace, deletionTimestamp } = pod.metadata;
    if (deletionTimestamp && !seen.has(`${uid} gone`)) {
      seen.add(`${uid} gone`);
      later(100 + 2000 * random(), () => client.delete(pods, name, namespace, { gracePeriodSeconds: 0, preconditions: { uid } }));
    }
    if (seen.has(uid) || deletionTimestamp) return;
    seen.add(uid);
    if (!pod.status?.podIP) later(100 + 500 * random(), () => start(pod));
    const broken = pod.spec.containers.some(({ image }) => image === brokenImage);
    const outcome = outcomes[pod.spec.containers[0]!.image ?? '']?.(random);
    if (outcome && !isFinished(pod)) later(5000 + 3000 * random(), () => end(pod, outcome));
    if (!broken && podCondition(pod, 'Ready')?.status !== 'True') later(700 + 3000 * random(), () => becomeReady(pod));
  };
  const renew = async () => {
    later(renewEveryMs, renew);
    const metadata = { name: nodeName, namespace: 'kube-node-lease' };
    const spec = { renewTime: microTimestamp(clock.now()), holderIdentity: nodeName };
    const known = await client.get<Lease>(leases, nodeName, metadata.namespace).catch(() => undefined);
    await (known ? client.update<Lease>(leases, { ...known, spec }) : client.create<Lease>(leases, { metadata, spec } as Lease));
  };
  void renew();
  createInformer<Pod>({ client, resource: pods, clock, random, log: () => undefined }, abort.signal)
    .subscribe({ added: follow, updated: follow });
  return {
    stop() {
      abort.abort(new Error('stopped'));
      for (const cancel of timers) cancel();
    },
  };
}

export const node = (name: string, cpu = '8'): Node => ({
  apiVersion: 'v1', kind: 'Node',
  metadata: { name, labels: { 'kubernetes.io/hostname': name } },
  spec: {},
  status: { capacity: { cpu, memory: '16Gi', pods: '110' }, allocatable: { cpu, memory: '16Gi', pods: '110' },
    conditions: [{ type: 'Ready', status: 'True', reason: 'KubeletReady', message: '' }] },
});

export const createNode = (client: Client, name: string, cpu?: string) => client.create<Node>(nodes, node(name, cpu));
