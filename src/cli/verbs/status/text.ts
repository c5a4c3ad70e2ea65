import type { ChalkInstance } from 'chalk';
import { plainTable, trimmedTable } from '../../cluster/table';
import type { ClusterStatus, NodeState } from './state';

/** What `knarr status` shows to people. */
export function statusText(state: ClusterStatus, colour: ChalkInstance): string {
  const rows = plainTable();
  const facts: [string, string | undefined][] = [
    ['profile', state.profile],
    ['status', word(state, colour)],
    ['runtime', state.runtime],
    ['pid', state.pid?.toString()],
    ['API server', state.apiServer],
    ['ingress', state.ingress?.join(' ')],
    ['context', state.context],
  ];
  for (const [name, value] of facts) if (value !== undefined) rows.push([colour.dim(name), value]);
  return trimmedTable(rows) + (state.nodes.length ? `\n${nodeTable(state.nodes, colour)}` : '');
}

function word({ running, pid }: ClusterStatus, colour: ChalkInstance): string {
  if (running) return colour.green('running');
  return pid ? colour.yellow('not answering') : 'stopped';
}

function nodeTable(nodes: readonly NodeState[], colour: ChalkInstance): string {
  const table = plainTable(['NODE', 'STATUS', 'ADDRESS']);
  for (const { name, status, address = '' } of nodes) table.push([name, status === 'Ready' ? colour.green(status) : colour.red(status), address]);
  return trimmedTable(table);
}
