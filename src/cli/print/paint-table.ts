import type { TabWriter } from '../../api/tabwriter';
import { tableWriter } from './table';

/** On a terminal only, and never with NO_COLOR (https://no-color.org) or where there are no colours. */
export const mayPaint = (out: { readonly isTTY?: boolean }, env: Readonly<Record<string, string | undefined>>): boolean =>
  Boolean(out.isTTY) && !env['NO_COLOR'] && env['TERM'] !== 'dumb';

/** Lays tables out; with `paints` what their cells say of an object's state has a colour, which takes no room. */
export function paintingWriter(paints: boolean): TabWriter {
  const layOut = tableWriter();
  return paints ? (text) => paintTable(text, layOut(text)) : layOut;
}

const colours = { good: 32, waiting: 33, bad: 31 } as const;

/** What the columns of built-in kinds say, in capitals as no name of an object can be. The first that fits. */
const states: readonly [RegExp, keyof typeof colours][] = [
  [/^(Running|Succeeded|Completed?|Active|Bound|Ready|Available)$/, 'good'],
  [/^(Pending|ContainerCreating|PodInitializing|Terminating|Released|Suspended|Unknown|Init:\d+\/\d+|Ready,SchedulingDisabled)$/, 'waiting'],
  [/^(Init:)?(\w*BackOff|\w*Error|Err[A-Z]\w*|OOMKilled|Evicted|Failed|FailureTarget|Lost|InvalidImageName|DeadlineExceeded|ContainerCannotRun|Signal:\d+|ExitCode:\d+)$/, 'bad'],
  [/^NotReady(,SchedulingDisabled)?$/, 'bad'],
];

const isOver = (cells: readonly string[]) => cells.some((cell) => /^(Succeeded|Completed?)$/.test(cell));

function colourOf(cell: string, cells: readonly string[]): number | undefined {
  const [, ready, wanted] = /^(\d+)\/(\d+)$/.exec(cell) ?? [];
  if (wanted !== undefined) return Number(ready) < Number(wanted) && !isOver(cells) ? colours.waiting : undefined;
  const state = states.find(([pattern]) => pattern.test(cell));
  return state && colours[state[1]];
}

/** `tabbed`: the table with tabs between its cells; `laidOut`: the same, line by line, in columns. */
export function paintTable(tabbed: string, laidOut: string): string {
  const rows = tabbed.split('\n');
  return laidOut.split('\n').map((line, index) => paintLine(line, rows[index]?.split('\t') ?? [])).join('\n');
}

function paintLine(line: string, cells: readonly string[]): string {
  let painted = '';
  let done = 0;
  for (const cell of cells) {
    const at = line.indexOf(cell, done);
    if (at < 0) break;
    const colour = colourOf(cell, cells);
    painted += line.slice(done, at) + (colour === undefined ? cell : `\x1b[${colour}m${cell}\x1b[39m`);
    done = at + cell.length;
  }
  return painted + line.slice(done);
}
