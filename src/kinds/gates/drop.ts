import type { KubeObject } from '../../api/meta';
import type { Kind } from '../kind';
import { through } from '../versions/converted-strategy';
import { gates, type Gate } from './disabled-fields';

interface Row {
  readonly api: string | undefined;
  readonly paths: readonly (readonly string[])[];
}

/** `a.b[].c` → a, b, [], c */
const segments = (path: string) => path.replaceAll('[]', '.[]').split('.');

function rowsByResource(all: readonly Gate[]): Map<string, Row[]> {
  const rows = new Map<string, Row[]>();
  for (const { api, fields } of all) {
    for (const [resource, paths] of Object.entries(fields)) rows.set(resource, [...(rows.get(resource) ?? []), { api, paths: paths.map(segments) }]);
  }
  return rows;
}

const rows = rowsByResource(gates);

/** Those who have the field: each is an object with it. */
function* owners(value: unknown, path: readonly string[], at = 0): Generator<Record<string, unknown>> {
  if (value === null || typeof value !== 'object') return;
  if (path[at] === '[]') {
    if (Array.isArray(value)) for (const item of value) yield* owners(item, path, at + 1);
    return;
  }
  const holder = value as Record<string, unknown>;
  if (at < path.length - 1) yield* owners(holder[path[at]!], path, at + 1);
  else if (holder[path[at]!] !== undefined) yield holder;
}

/** An empty list is not used; `false` and 0 are. */
const isUsed = (object: KubeObject, { paths }: Row) =>
  paths.some((path) => [...owners(object, path)].some((holder) => !isEmptyList(holder[path.at(-1)!])));
const isEmptyList = (value: unknown) => Array.isArray(value) && value.length === 0;

function dropFrom(object: KubeObject, { paths }: Row): void {
  for (const path of paths) for (const holder of owners(object, path)) delete holder[path.at(-1)!];
}

/** Whether the API `group/plural` is served, in whatever version. */
export type IsServed = (api: string) => boolean;

/** Takes away, in place, what belongs to features that are switched off and was not there before. */
export function dropDisabledFields(kind: Kind, object: KubeObject, old: KubeObject | undefined, isServed: IsServed): void {
  const known = rows.get(kind.storedAs ?? `${kind.group}/${kind.plural}`);
  if (!known) return;
  const { conversion } = kind;
  const stored = (one: KubeObject) => (conversion ? conversion.toStored(one) : one);
  const now = stored(object);
  const dropped = known.filter((row) => isUsed(now, row) && !(row.api && isServed(row.api)) && !(old && isUsed(stored(old), row)));
  if (!dropped.length) return;
  const drop = (one: KubeObject) => dropped.forEach((row) => dropFrom(one, row));
  if (conversion) through(conversion, object, drop);
  else drop(object);
}
