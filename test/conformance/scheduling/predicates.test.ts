import type { Node, Pod, PodSpec } from '../../../src/api/generated/core.v1';
import { podOf, podRunning, shell, untilTold } from '../support/pods';
import { nodes, pods } from '../support/resources';
import { row, rowOnDocker, type RowContext } from '../support/row';

const label = (name: string) => `[sig-scheduling] SchedulerPredicates [Serial] validates ${name}`;
const podWith = (name: string, more: Partial<PodSpec>) => podOf(name, [shell('main', untilTold)], more);

/** The scheduler has said that there is no place. */
function findsNoPlace(t: RowContext, name: string, why: RegExp): Promise<true> {
  return t.eventually(async () => {
    const { conditions = [] } = (await t.api(pods).get(name)).status!;
    expect(conditions).toContainEqual(expect.objectContaining({ type: 'PodScheduled', status: 'False', reason: 'Unschedulable', message: expect.stringMatching(why) }));
    return true;
  }) as Promise<true>;
}

const cpuOf = (quantity = '0') => (quantity.endsWith('m') ? Number.parseInt(quantity, 10) : Number(quantity) * 1000);
const requested = ({ spec }: Pod) => spec!.containers.reduce((sum, { resources }) => sum + cpuOf(resources?.requests?.cpu as string | undefined), 0);

/** Millicores that nobody on the node has asked for. */
async function freeOn(t: RowContext, node: Node): Promise<number> {
  const { items } = await t.api(pods, '').list({ fieldSelector: `spec.nodeName=${node.metadata.name}` });
  const running = items.filter(({ status }) => !['Succeeded', 'Failed'].includes(status?.phase ?? ''));
  return cpuOf(node.status!.allocatable!.cpu as string) - running.reduce((sum, pod) => sum + requested(pod), 0);
}

const asks = (name: string, millis: number, more: Partial<PodSpec> = {}) => {
  const amounts = { cpu: `${millis}m` };
  return podOf(name, [shell('main', untilTold, { resources: { requests: amounts, limits: amounts } })], more);
};

row(label('resource limits of pods that are allowed to run'), async (t) => {
  const { items } = await t.api(nodes).list();
  const free = new Map<string, number>();
  for (const node of items) {
    const { name } = node.metadata;
    free.set(name, await freeOn(t, node));
    await t.api(pods).create(asks(`fills-${name}`, Math.floor(free.get(name)! * 0.7), { nodeSelector: { 'kubernetes.io/hostname': name } }));
  }
  for (const { metadata: { name } } of items) await podRunning(t, `fills-${name}`);
  await t.api(pods).create(asks('one-more', Math.floor(Math.max(...free.values()) * 0.5)));
  await findsNoPlace(t, 'one-more', /^0\/2 nodes are available: 2 Insufficient cpu\./);
}, { alone: true });

row(label('that NodeSelector is respected if not matching'), async (t) => {
  await t.api(pods).create(podWith('pod', { nodeSelector: { label: 'nonempty' } }));
  await findsNoPlace(t, 'pod', /^0\/2 nodes are available: 2 node\(s\) didn't match Pod's node affinity\/selector\./);
}, { alone: true });

row(label('that NodeSelector is respected if matching'), async (t) => {
  const node = (await t.api(nodes).list()).items[1]!.metadata.name;
  const key = `row/${t.namespace}`;
  await t.api(nodes).patch(node, 'merge', { metadata: { labels: { [key]: '42' } } });
  t.cleanup(() => t.api(nodes).patch(node, 'merge', { metadata: { labels: { [key]: null } } }));
  await t.api(pods).create(podWith('pod', { nodeSelector: { [key]: '42' } }));
  expect((await podRunning(t, 'pod')).spec!.nodeName).toBe(node);
}, { alone: true });

rowOnDocker(label('that there exists conflict between pods with same hostPort and protocol but one using 0.0.0.0 hostIP'), async (t) => {
  const node = (await t.api(nodes).list()).items[0]!;
  const nodeSelector = { 'kubernetes.io/hostname': node.metadata.name };
  const onPort = (name: string, hostIP?: string) => podOf(name, [shell('main', untilTold, { ports: [{ containerPort: 8080, hostPort: 54322, ...(hostIP && { hostIP }) }] })], { nodeSelector });
  await t.api(pods).create(onPort('everywhere'));
  await podRunning(t, 'everywhere');
  await t.api(pods).create(onPort('somewhere', node.status!.addresses!.find(({ type }) => type === 'InternalIP')!.address));
  await findsNoPlace(t, 'somewhere', /1 node\(s\) didn't have free ports for the requested pod ports/);
}, { alone: true });
