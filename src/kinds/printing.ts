import { translateTimestampSince } from '../api/duration';
import type { KubeObject } from '../api/meta';
import type { Column } from './kind';

/** The column that most tables end their narrow part with. */
export const age: Column = {
  name: 'Age',
  value: (object, { nowMs }) => translateTimestampSince(object.metadata.creationTimestamp, nowMs),
};

/** What the table of a kind without columns of its own shows behind the name. After k8s.io/apiserver's default table convertor. */
export const createdAt: Column = { name: 'Created At', type: 'date', value: ({ metadata }) => metadata.creationTimestamp ?? '' };

export const orNone = (text: string | undefined) => text || '<none>';
export const orUnknown = (text: string | undefined) => text || '<unknown>';

/** `a=1,b=2`, or `<none>`. After labels.FormatLabels. */
export function formatLabels(labels: Record<string, string> | undefined): string {
  return orNone(Object.keys(labels ?? {}).sort().map((key) => `${key}=${labels![key]}`).join(','));
}

/** The first items, and how many are left out: `a,b,c + 2 more...`; '' when there is none. */
export function firstFew(items: readonly string[], max = 3): string {
  const shown = items.slice(0, max).join(',');
  return items.length > max ? `${shown} + ${items.length - max} more...` : shown;
}

export const sum = (numbers: readonly number[]) => numbers.reduce((total, number) => total + number, 0);

/** A column for wide output, kept short in column tables. */
export function wide<T extends KubeObject>(name: string, value: Column<T>['value']): Column<T> {
  return { name, priority: 1, value };
}

/** `10.0.0.1:80`, `[fd00::1]:80` */
export const hostPort = (host: string, port: number) => `${host.includes(':') ? `[${host}]` : host}:${port}`;

/** A boolean that may be unset, as tables and descriptions have it. */
export const optionalBool = (value: boolean | undefined) => value === undefined ? '<unset>' : value ? 'True' : 'False';
