import type { KubeObject } from '../../src/api/meta';
import { kinds } from '../../src/kinds/index';
import type { Kind } from '../../src/kinds/kind';
import { nowMs } from './create';

export const kindOf = (name: string, group = '') => kinds.find((kind) => kind.kind === name && kind.group === group)!;

/** Cells behind the name, those for wide output after a bar. */
export function row(kind: Kind, object: object): string {
  const given = object as { metadata?: object };
  const complete = { ...given, metadata: { name: 'a', creationTimestamp: '2026-01-31T11:00:00Z', ...given.metadata } } as KubeObject;
  const cells = (priority: number) => kind.columns.filter((column) => (column.priority ?? 0) === priority).map((column) => String(column.value(complete, { nowMs })));
  return [cells(0).join(' '), ...(cells(1).length ? [cells(1).join(' ')] : [])].join(' | ');
}

/** Titles of the columns behind the name, those for wide output after a bar. */
export function titles({ columns }: Kind): string {
  const of = (priority: number) => columns.filter((column) => (column.priority ?? 0) === priority).map(({ name }) => name);
  return [of(0).join(', '), ...(of(1).length ? [of(1).join(', ')] : [])].join(' | ');
}
