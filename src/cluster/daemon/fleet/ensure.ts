import { isReason } from '../../../api/errors';
import type { Node } from '../../../api/generated/core.v1';
import type { Client } from '../../../client/client';
import { machineLabel, machineNode, machineOf, newNames, nodesResource, type Capacity, type Machine } from '../../../client/machine';
import type { RuntimeName } from '../../../client/profile';
import { freeRange } from './plan';

export interface Wanted {
  readonly profile: string;
  /** At least so many machines. */
  readonly count: number;
  readonly runtime: RuntimeName;
  /** What the machines of the profile ran on until now. */
  readonly lastRuntime?: RuntimeName;
  /** Of new machines. */
  readonly capacity: Capacity;
}

/** Sees to it that there are as many machines as wanted, at least one, and returns those that are on. */
export async function ensureMachines(client: Client, wanted: Wanted): Promise<(Machine & { podCIDR: string })[]> {
  const { items } = await client.list<Node>(nodesResource);
  const known = await Promise.all(items.map((node) => moved(client, node, wanted)));
  const machines = known.flatMap((node) => machineOf(node) ?? []);
  const ranges = known.flatMap(({ spec }) => spec?.podCIDR ?? []);
  for (const name of newNames(wanted.profile, Math.max(0, wanted.count - machines.length), new Set(machines.map(({ name }) => name)))) {
    const machine = await add(client, name, wanted, freeRange(ranges));
    machines.push(machine);
    ranges.push(machine.podCIDR!);
  }
  return machines.flatMap((machine) => (machine.isOn && machine.podCIDR !== undefined ? [{ ...machine, podCIDR: machine.podCIDR }] : []));
}

/** Another runtime was asked for than the last time: the machines go there. */
async function moved(client: Client, node: Node, { runtime, lastRuntime }: Wanted): Promise<Node> {
  const isLeft = lastRuntime !== undefined && lastRuntime !== runtime && node.metadata.labels?.[machineLabel] === lastRuntime;
  return isLeft ? label(client, node.metadata.name, runtime) : node;
}

const label = (client: Client, name: string, runtime: RuntimeName): Promise<Node> =>
  client.patch<Node>(nodesResource, name, undefined, 'merge', { metadata: { labels: { [machineLabel]: runtime } } });

/** A node of that name which was not marked as a machine becomes one. */
async function add(client: Client, name: string, { profile, runtime, capacity }: Wanted, podCIDR: string): Promise<Machine> {
  try {
    return machineOf(await client.create<Node>(nodesResource, machineNode({ name, runtime, capacity, podCIDR, isFirst: name === profile })))!;
  } catch (error) {
    if (!isReason(error, 'AlreadyExists')) throw error;
    return { podCIDR, ...machineOf(await label(client, name, runtime))! };
  }
}
