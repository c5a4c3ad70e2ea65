import type { DaemonSet, StatefulSet } from '../../src/api/generated/apps.v1';
import type { Job } from '../../src/api/generated/batch.v1';
import type { Pod } from '../../src/api/generated/core.v1';
import { controllerOf } from '../../src/api/meta';
import { createInformer } from '../../src/client/informer';
import { targetNode } from '../../src/kinds/apps/daemonset/nodes';
import { isReady } from '../../src/kinds/pod-state';
import { daemonSets, jobs, pods, statefulSets } from '../../src/kinds/resources';
import type { Faults } from './faulty-client';
import { seededRandom } from './random';
import { World } from './world';
import { daemonSet, job, statefulSet, withTemplateImage } from './workloads';

/** Checked at every change of a pod. */
class Watchdog {
  readonly violations: string[] = [];
  /** Uids of the pods of each job that have succeeded. */
  readonly succeeded = new Map<string, Set<string>>();
  private readonly abort = new AbortController();

  constructor(world: World, private readonly surge: number) {
    const informer = createInformer<Pod>({ client: world.client, resource: pods, clock: world.clock, random: world.random, log: () => undefined }, this.abort.signal);
    const check = () => this.check(informer.list('default'));
    informer.subscribe({ added: check, updated: check, deleted: check });
  }

  stop(): void {
    this.abort.abort(new Error('stopped'));
  }

  private check(all: readonly Pod[]): void {
    const of = (kind: string) => all.filter((pod) => controllerOf(pod)?.kind === kind);
    const members = of('StatefulSet');
    if (new Set(members.map(({ metadata }) => metadata.labels!['apps.kubernetes.io/pod-index'])).size < members.length) this.violations.push('two pods of one ordinal');
    if (members.filter((pod) => !isReady(pod)).length > 1) this.violations.push('two pods of an ordered set are not ready');
    const daemons = of('DaemonSet').filter(({ metadata }) => !metadata.deletionTimestamp).map(targetNode);
    // Where the old pod is not available, the new one does not count as surge.
    const most = Math.max(0, ...[...new Set(daemons)].map((node) => daemons.filter((each) => each === node).length));
    if (most > 1 + this.surge) this.violations.push(`${most} daemons on one node`);
    for (const pod of of('Job').filter(({ status }) => status?.phase === 'Succeeded')) {
      const name = controllerOf(pod)!.name;
      this.succeeded.set(name, (this.succeeded.get(name) ?? new Set()).add(pod.metadata.uid!));
    }
  }
}

/** A random life of a StatefulSet, a DaemonSet and some jobs side by side: what is wrong with it. */
export async function live(seed: number): Promise<string[]> {
  const random = seededRandom(seed);
  const pick = <T>(items: readonly T[]): T => items[Math.floor(random() * items.length)]!;
  const faults: Partial<Faults> = random() < 0.7 ? { writeFailure: 0.15 * random(), watchLoss: 0.03 * random() } : {};
  const surge = pick([0, 1]);
  const world = await World.start(seed, { keepsEvents: false });
  const watchdog = new Watchdog(world, surge);
  const rollingUpdate = surge ? { maxSurge: 1, maxUnavailable: 0 } : { maxUnavailable: 1 };
  await world.client.create(statefulSets, statefulSet('db', 1 + Math.floor(random() * 3)));
  await world.client.create(daemonSets, daemonSet('agent', { updateStrategy: { type: 'RollingUpdate', rollingUpdate } }));
  const completionMode = pick(['NonIndexed', 'Indexed'] as const);
  await world.client.create(jobs, job('sum', pick(['done', 'fragile']), { completions: 4, parallelism: 2, backoffLimit: 20, completionMode }));
  await world.client.create(jobs, job('lost', 'fail', { backoffLimit: 1 }));

  let wanted = { replicas: 0, db: 'db:1', agent: 'agent:1' };
  for (let change = 0; change < 4; change++) {
    await world.crash();
    await world.clock.advance(random() * 2000);
    world.startLoops(faults);
    wanted = { replicas: Math.floor(random() * 4), db: `db:${pick([1, 2])}`, agent: `agent:${pick([1, 2])}` };
    await world.edit<StatefulSet>(statefulSets, 'db', (set) => withTemplateImage(wanted.db)({ ...set, spec: { ...set.spec, replicas: wanted.replicas } }));
    await world.edit<DaemonSet>(daemonSets, 'agent', withTemplateImage(wanted.agent));
    await world.clock.advance(random() * 15_000);
  }
  await world.crash();
  world.startLoops();
  const trouble = [...await world.rest(600_000, () => unrest(world, wanted, watchdog)), ...watchdog.violations];
  watchdog.stop();
  await world.stop();
  return trouble;
}

/** What has to hold when everything has come to rest. Returns what does not. */
async function unrest(world: World, wanted: { replicas: number; db: string; agent: string }, watchdog: Watchdog): Promise<string[]> {
  const all = await world.pods();
  const of = (kind: string) => all.filter((pod) => controllerOf(pod)?.kind === kind);
  const images = (kind: string) => of(kind).map(({ spec }) => spec!.containers[0]!.image).join();
  const [sum, lost] = await Promise.all(['sum', 'lost'].map((name) => world.client.get<Job>(jobs, name, 'default')));
  const ending = ({ status }: Job) => (status!.conditions ?? []).at(-1)?.type;
  const { status } = await world.client.get<StatefulSet>(statefulSets, 'db', 'default');
  const expectations: [string, unknown, unknown][] = [
    ['StatefulSet', images('StatefulSet'), Array(wanted.replicas).fill(wanted.db).join()],
    ['its status', [status!.readyReplicas ?? 0, status!.updatedReplicas ?? 0, status!.currentRevision], [wanted.replicas, wanted.replicas, status!.updateRevision]],
    ['DaemonSet', images('DaemonSet'), Array(3).fill(wanted.agent).join()],
    ['unready', of('DaemonSet').concat(of('StatefulSet')).filter((pod) => !isReady(pod)).length, 0],
    ['job', ending(sum!), 'Complete'],
    ['its count', sum!.status!.succeeded, sum!.spec.completionMode === 'Indexed' ? 4 : (watchdog.succeeded.get('sum')?.size ?? 0)],
    ['its backlog', sum!.status!.uncountedTerminatedPods, {}],
    ['hopeless job', [ending(lost!), lost!.status!.failed], ['Failed', 2]],
    ['held back', of('Job').filter(({ metadata }) => metadata.finalizers?.length).length, 0],
  ];
  return expectations.filter(([, found, expected]) => JSON.stringify(found) !== JSON.stringify(expected))
    .map(([what, found, expected]) => `${what}: ${JSON.stringify(found)} instead of ${JSON.stringify(expected)}`);
}
