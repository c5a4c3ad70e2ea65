import type { ChalkInstance } from 'chalk';
import { paint } from '../../cluster/paint';
import { plainTable, trimmedTable } from '../../cluster/table';
import { isReady, listMachines, withCluster, type MachineNode, type NodeOptions } from './local';

interface Row {
  readonly name: string;
  readonly status: 'Ready' | 'NotReady' | 'Stopped';
  readonly runtime: string;
  readonly cpus: string;
  readonly memory: string;
  readonly pods: string;
  readonly podCIDR: string;
}

/** Shows the machines of the cluster. */
export async function listNodes(options: NodeOptions & { readonly output: 'text' | 'json' }): Promise<void> {
  const rows = await withCluster(options, async (client) => [...(await listMachines(client)).values()].map(rowOf));
  options.out.write(options.output === 'json' ? `${JSON.stringify(rows, null, 2)}\n` : tableOf(rows, paint(options.out)));
}

function rowOf({ node, machine }: MachineNode): Row {
  const { cpu = '', memory = '', pods = '' } = node.status?.capacity ?? {};
  const running = isReady(node) ? 'Ready' : 'NotReady';
  return { name: machine.name, status: machine.isOn ? running : 'Stopped', runtime: machine.runtime, cpus: cpu, memory, pods, podCIDR: machine.podCIDR ?? '' };
}

function tableOf(rows: readonly Row[], colour: ChalkInstance): string {
  const table = plainTable(['NODE', 'STATUS', 'RUNTIME', 'CPUS', 'MEMORY', 'PODS', 'POD ADDRESSES']);
  for (const { name, status, runtime, cpus, memory, pods, podCIDR } of rows) {
    table.push([name, status === 'Ready' ? colour.green(status) : colour.red(status), runtime, cpus, memory, pods, podCIDR]);
  }
  return trimmedTable(table);
}
