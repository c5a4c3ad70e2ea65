import { setPower } from '../../../client/machine';
import { isReady, listMachines, nodeIs, pickMachines, withCluster, type NodeOptions } from './local';

interface NamedNodes extends NodeOptions {
  readonly names: readonly string[];
}

/** Switches machines off, as if their plugs were pulled: the cluster has to find out. */
export async function stopNodes(options: NamedNodes): Promise<void> {
  await withCluster(options, async (client) => {
    for (const { machine: { name, isOn } } of pickMachines(await listMachines(client), options.names)) {
      if (isOn) await setPower(client, name, 'off');
      options.out.write(isOn ? `Node "${name}" stopped.\n` : `Node "${name}" is stopped already.\n`);
    }
  });
}

/** Switches machines on again and waits until they take pods. */
export async function startNodes(options: NamedNodes): Promise<void> {
  await withCluster(options, async (client) => {
    for (const { machine: { name, isOn } } of pickMachines(await listMachines(client), options.names)) {
      if (!isOn) await setPower(client, name, 'on');
      await nodeIs(client, name, (node) => node !== undefined && isReady(node));
      options.out.write(isOn ? `Node "${name}" runs already.\n` : `Node "${name}" started.\n`);
    }
  });
}
