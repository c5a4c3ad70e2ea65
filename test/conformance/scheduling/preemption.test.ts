import type { PodSpec } from '../../../src/api/generated/core.v1';
import { refusal } from '../support/api';
import { images, podOf, podRunning, shell, untilTold } from '../support/pods';
import { nodes, pods, priorityClasses, replicaSets } from '../support/resources';
import { row, type RowContext } from '../support/row';
import { replicasReady } from '../support/workloads';

const label = (name: string) => `[sig-scheduling] SchedulerPreemption [Serial] ${name}`;
const scarce = 'example.com/scarce';

/** Each node has so much of what no pod asks for by itself. */
async function provide(t: RowContext, amount: number | null, names?: readonly string[]): Promise<string[]> {
  const all = names ?? (await t.api(nodes).list()).items.map(({ metadata }) => metadata.name);
  const amounts = { [scarce]: amount === null ? null : String(amount) };
  for (const name of all) await t.api(nodes).patch(name, 'merge', { status: { capacity: amounts, allocatable: amounts } }, { subresource: 'status' });
  if (amount !== null) t.cleanup(() => provide(t, null, all));
  return [...all];
}

async function classes(t: RowContext, values: Record<string, number>): Promise<Record<string, string>> {
  const named = Object.fromEntries(Object.keys(values).map((level) => [level, t.unique(level)]));
  for (const [level, value] of Object.entries(values)) {
    await t.api(priorityClasses).create({ metadata: { name: named[level]! }, value });
    t.cleanup(() => t.api(priorityClasses).delete(named[level]!));
  }
  return named;
}

const resources = (amount: number) => ({ requests: { [scarce]: String(amount) }, limits: { [scarce]: String(amount) } });
const asks = (name: string, amount: number, more: Partial<PodSpec>) => podOf(name, [shell('main', untilTold, { resources: resources(amount) })], more);
const on = (name: string): Partial<PodSpec> => ({ affinity: { nodeAffinity: { requiredDuringSchedulingIgnoredDuringExecution: { nodeSelectorTerms: [{ matchFields: [{ key: 'metadata.name', operator: 'In', values: [name] }] }] } } } });

/** Two pods on each node take 4 of its 5; the first one of all is the least important. */
async function fill(t: RowContext, low: string, medium: string): Promise<string[]> {
  const made: string[] = [];
  for (const node of await provide(t, 5)) {
    for (const number of [1, 2]) {
      const name = `${node}-${number}`;
      await t.api(pods).create(asks(name, 2, { ...on(node), priorityClassName: made.length === 0 ? low : medium }));
      made.push(name);
    }
  }
  for (const name of made) await podRunning(t, name);
  return made;
}

const lives = async (t: RowContext, name: string) => {
  const pod = await t.api(pods).find(name);
  return pod !== undefined && !pod.metadata.deletionTimestamp;
};

async function onlyTheFirstLeft(t: RowContext, names: readonly string[]): Promise<void> {
  expect(await Promise.all(names.map((name) => lives(t, name)))).toEqual(names.map((_, at) => at > 0));
}

row(label('validates basic preemption works'), async (t) => {
  const { low, medium, high } = await classes(t, { low: 1, medium: 100, high: 1000 });
  const names = await fill(t, low!, medium!);
  await t.api(pods).create(asks('preemptor', 2, { priorityClassName: high! }));
  await podRunning(t, 'preemptor');
  await onlyTheFirstLeft(t, names);
}, { alone: true });

row(label('validates lower priority pod preemption by critical pod'), async (t) => {
  const { low, medium } = await classes(t, { low: 1, medium: 100 });
  const names = await fill(t, low!, medium!);
  const system = t.api(pods, 'kube-system');
  t.cleanup(() => system.delete('critical', { gracePeriodSeconds: 0 }));
  await system.create(asks('critical', 2, { priorityClassName: 'system-cluster-critical' }));
  await podRunning(t, 'critical', 'kube-system');
  await onlyTheFirstLeft(t, names);
}, { alone: true });

row(label('PreemptionExecutionPath runs ReplicaSets to verify preemption running path'), async (t) => {
  const [node] = await provide(t, 1000);
  const { p1, p2, p3, p4 } = await classes(t, { p1: 1, p2: 2, p3: 3, p4: 4 });
  const watch = await t.api(pods).watch();
  const sets = [['pod1', p1!, 200], ['pod2', p2!, 300], ['pod3', p3!, 450]] as const;
  for (const [name, priorityClassName, amount] of sets) {
    const labels = { name };
    const spec = { terminationGracePeriodSeconds: 0, priorityClassName, ...on(node!), containers: [{ name: 'pause', image: images.busybox, command: ['sleep', '86400'], resources: resources(amount) }] };
    await t.api(replicaSets).create({ metadata: { name: `rs-${name}` }, spec: { replicas: 1, selector: { matchLabels: labels }, template: { metadata: { labels }, spec } } });
    await replicasReady(t, t.api(replicaSets), `rs-${name}`, 1);
  }
  await t.api(pods).create(asks('pod4', 500, { priorityClassName: p4!, ...on(node!) }));
  await podRunning(t, 'pod4');
  // 1 and 2 make room; their sets try again, and 3 is never touched.
  const seen = (name: string) => watch.events.filter(({ type, object }) => type === 'ADDED' && object.metadata.name.startsWith(`rs-${name}-`)).length;
  await t.eventually(() => seen('pod1') >= 2 && seen('pod2') >= 2);
  expect(seen('pod3')).toBe(1);
}, { alone: true });

row(label('PriorityClass endpoints verify PriorityClass endpoints can be operated with different HTTP methods'), async (t) => {
  const api = t.api(priorityClasses);
  const { p1, p2 } = await classes(t, { p1: 1, p2: 2 });
  expect(await refusal(api.change(p1!, (of) => { of.value = 10; }))).toMatchObject({ code: 422, reason: 'Invalid' });
  expect(await refusal(api.patch(p2!, 'merge', { value: 20 }))).toMatchObject({ code: 422, reason: 'Invalid' });
  const description = 'how important it is';
  expect((await api.change(p1!, (of) => { of.description = description; })).description).toBe(description);
  expect((await api.patch(p2!, 'merge', { description })).description).toBe(description);
  const names = (await api.list()).items.map(({ metadata }) => metadata.name);
  expect(names).toEqual(expect.arrayContaining([p1, p2]));
  expect((await api.get(p1!)).value).toBe(1);
});
