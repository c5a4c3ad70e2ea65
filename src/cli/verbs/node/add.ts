import type { Node } from '../../../api/generated/core.v1';
import type { Client } from '../../../client/client';
import { machineNode, newNames, nodesResource, type Capacity } from '../../../client/machine';
import type { RuntimeName } from '../../../client/profile';
import { isReady, listMachines, nodeIs, withCluster, type NodeOptions } from './local';

export interface AddOptions extends NodeOptions {
  /** None: as many as `count`, with names of ours. */
  readonly names: readonly string[];
  readonly count: number;
  readonly runtime?: RuntimeName;
  readonly capacity?: Capacity;
}

/** Adds nodes to the running cluster and waits until they take pods. */
export async function addNodes(options: AddOptions): Promise<void> {
  await withCluster(options, async (client, settings) => {
    const names = options.names.length > 0 ? options.names : newNames(options.profile, options.count, await takenNames(client));
    const runtime = options.runtime ?? settings.runtime;
    for (const name of names) await client.create(nodesResource, machineNode({ name, runtime, capacity: options.capacity ?? {} }));
    await Promise.all(names.map(async (name) => {
      await nodeIs(client, name, (node) => node !== undefined && isReady(node));
      options.out.write(`Node "${name}" added.\n`);
    }));
  });
}

/** Nodes that are not ours count, too: names are the API's. */
async function takenNames(client: Client): Promise<ReadonlySet<string>> {
  const { items } = await client.list<Node>(nodesResource);
  return new Set([...items.map(({ metadata }) => metadata.name), ...(await listMachines(client)).keys()]);
}
