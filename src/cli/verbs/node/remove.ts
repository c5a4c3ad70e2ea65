import { nodesResource } from '../../../client/machine';
import { listMachines, pickMachines, withCluster, type NodeOptions } from './local';

/** Takes machines out of the cluster, with the pods on them. */
export async function removeNodes(options: NodeOptions & { readonly names: readonly string[] }): Promise<void> {
  await withCluster(options, async (client) => {
    const machines = await listMachines(client);
    const picked = pickMachines(machines, options.names);
    if (new Set(picked).size === machines.size) throw new Error('that would leave the cluster without a node; `knarr destroy` removes all of it');
    for (const { machine: { name } } of picked) {
      await client.delete(nodesResource, name);
      options.out.write(`Node "${name}" deleted.\n`);
    }
  });
}
