import type { Node } from '../../../api/generated/core.v1';
import type { Client } from '../../../client/client';
import { machineOf, nodesResource, type Machine } from '../../../client/machine';
import type { Connection } from '../../../client/connection';
import type { RestClient } from '../../../client/http';
import { profilePaths, readSettings, runningDaemon, type ProfileSettings } from '../../../client/profile';
import { adminConnection } from '../../cluster/admin';
import type { Output } from '../../cluster/progress';

export interface NodeOptions {
  readonly home: string;
  readonly profile: string;
  readonly out: Output;
  connect(connection: Connection): RestClient;
}

/** Runs the work with the local cluster's API. Throws where the cluster does not run. */
export async function withCluster<T>({ home, profile, connect }: NodeOptions, work: (client: Client, settings: ProfileSettings) => Promise<T>): Promise<T> {
  const paths = profilePaths(home, profile);
  const settings = await readSettings(paths);
  if (!settings || runningDaemon(paths) === undefined) throw new Error(`cluster "${profile}" does not run: \`knarr start\` brings it up`);
  const client = connect(adminConnection(paths, `https://127.0.0.1:${settings.apiPort}`));
  try {
    return await work(client, settings);
  } finally {
    await client.close();
  }
}

export interface MachineNode {
  readonly node: Node;
  readonly machine: Machine;
}

/** The nodes that knarr runs, by name. */
export async function listMachines(client: Client): Promise<Map<string, MachineNode>> {
  const { items } = await client.list<Node>(nodesResource);
  return new Map(items.flatMap((node) => {
    const machine = machineOf(node);
    return machine ? [[machine.name, { node, machine }]] : [];
  }));
}

/** Throws for names that are no machines; nothing is done to any of them then. */
export function pickMachines(machines: ReadonlyMap<string, MachineNode>, names: readonly string[]): MachineNode[] {
  if (names.length === 0) throw new Error('name at least one node; `knarr node list` shows them');
  return names.map((name) => {
    const found = machines.get(name);
    if (!found) throw new Error(`there is no node "${name}" that knarr runs; \`knarr node list\` shows them`);
    return found;
  });
}

export const isReady = ({ status }: Node): boolean => status?.conditions?.some(({ type, status: is }) => type === 'Ready' && is === 'True') ?? false;

const patienceMs = 180_000;

/** Resolves when the test holds for the node (undefined: gone). Throws when that takes too long. */
export async function nodeIs(client: Client, name: string, test: (node: Node | undefined) => boolean): Promise<void> {
  const signal = AbortSignal.timeout(patienceMs);
  const fieldSelector = `metadata.name=${name}`;
  const { items, metadata } = await client.list<Node>(nodesResource, { fieldSelector });
  if (test(items[0])) return;
  const stop = new AbortController();
  for await (const { type, object } of client.watch<Node>(nodesResource, { fieldSelector, resourceVersion: metadata.resourceVersion ?? '0', signal: AbortSignal.any([signal, stop.signal]) })) {
    if (type !== 'BOOKMARK' && test(type === 'DELETED' ? undefined : object)) return stop.abort();
  }
  throw new Error(`node "${name}" takes longer than ${patienceMs / 1000} seconds; the daemon's log says why`);
}
