import type { ChalkInstance } from 'chalk';
import Table from 'cli-table3';
import type { ClusterStatus, NodeState } from './state';

/** A table without lines, two spaces between its columns. */
const plain = {
  chars: {
    'top': '', 'top-mid': '', 'top-left': '', 'top-right': '', 'bottom': '', 'bottom-mid': '', 'bottom-left': '', 'bottom-right': '',
    'left': '', 'left-mid': '', 'mid': '', 'mid-mid': '', 'right': '', 'right-mid': '', 'middle': '  ',
  },
  style: { 'padding-left': 0, 'padding-right': 0, 'head': [] as string[], 'border': [] as string[] },
};

/** What `knarr status` shows to people. */
export function statusText(state: ClusterStatus, colour: ChalkInstance): string {
  const rows = new Table(plain);
  const facts: [string, string | undefined][] = [
    ['profile', state.profile],
    ['status', word(state, colour)],
    ['runtime', state.runtime],
    ['pid', state.pid?.toString()],
    ['API server', state.apiServer],
    ['context', state.context],
  ];
  for (const [name, value] of facts) if (value !== undefined) rows.push([colour.dim(name), value]);
  const nodes = state.nodes.length ? `\n${nodeTable(state.nodes, colour)}\n` : '';
  return trimmed(`${rows.toString()}\n${nodes}`);
}

function word({ running, pid }: ClusterStatus, colour: ChalkInstance): string {
  if (running) return colour.green('running');
  return pid ? colour.yellow('not answering') : 'stopped';
}

function nodeTable(nodes: readonly NodeState[], colour: ChalkInstance): string {
  const table = new Table({ ...plain, head: ['NODE', 'STATUS', 'ADDRESS'] });
  for (const { name, status, address = '' } of nodes) table.push([name, status === 'Ready' ? colour.green(status) : colour.red(status), address]);
  return table.toString();
}

/** Tables fill their last column with spaces. */
const trimmed = (text: string): string => text.replace(/ +$/gm, '');
