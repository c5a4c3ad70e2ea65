import type { KubeObject } from '../../api/meta';
import type { Kind } from '../kind';
import { through } from '../versions/converted-strategy';
import { gates, type FieldPath } from './disabled-fields';
import { disabledParts, type DisabledPart } from './disabled-parts';

/** Something that an object may have of a feature. */
interface Row {
  readonly api?: string | undefined;
  isUsed(object: KubeObject): boolean;
  keeps(old: KubeObject): boolean;
  drop(object: KubeObject): void;
}

/** `a.b[].c` → a, b, [], c */
const segments = (path: string) => path.replaceAll('[]', '.[]').split('.');

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
const isUsed = (object: KubeObject, paths: readonly (readonly string[])[]) =>
  paths.some((path) => [...owners(object, path)].some((holder) => !isEmptyList(holder[path.at(-1)!])));
const isEmptyList = (value: unknown) => Array.isArray(value) && value.length === 0;

function fieldsRow(api: string | undefined, paths: readonly (readonly string[])[]): Row {
  const isUsedBy = (object: KubeObject) => isUsed(object, paths);
  return {
    api, isUsed: isUsedBy, keeps: isUsedBy,
    drop: (object) => {
      for (const path of paths) for (const holder of owners(object, path)) delete holder[path.at(-1)!];
    },
  };
}

function partRow({ isUsed, keeps, drop }: Omit<DisabledPart, 'name' | 'at'>, at: FieldPath): Row {
  const path = at.split('.');
  const holderOf = (object: KubeObject) => path.reduce<unknown>((value, name) => (value as Record<string, unknown> | undefined)?.[name], object) as Record<string, unknown> | undefined;
  const asked = (of: typeof isUsed) => (object: KubeObject) => {
    const holder = holderOf(object);
    return holder !== undefined && of(holder);
  };
  return { isUsed: asked(isUsed), keeps: asked(keeps), drop: (object) => drop(holderOf(object)!) };
}

const rows = new Map<string, Row[]>();
const addRow = (resource: string, row: Row) => void rows.set(resource, [...(rows.get(resource) ?? []), row]);
for (const { api, fields } of gates) for (const [resource, paths] of Object.entries(fields)) addRow(resource, fieldsRow(api, paths.map(segments)));
for (const part of disabledParts) for (const [resource, at] of Object.entries(part.at)) addRow(resource, partRow(part, at));

/** Whether the API `group/plural` is served, in whatever version. */
export type IsServed = (api: string) => boolean;

/** Takes away, in place, what belongs to features that are switched off and was not there before. */
export function dropDisabledFields(kind: Kind, object: KubeObject, old: KubeObject | undefined, isServed: IsServed): void {
  const known = rows.get(kind.storedAs ?? `${kind.group}/${kind.plural}`);
  if (!known) return;
  const { conversion } = kind;
  const stored = (one: KubeObject) => (conversion ? conversion.toStored(one) : one);
  const now = stored(object);
  const dropped = known.filter((row) => row.isUsed(now) && !(row.api && isServed(row.api)) && !(old && row.keeps(stored(old))));
  if (!dropped.length) return;
  const drop = (one: KubeObject) => dropped.forEach((row) => row.drop(one));
  if (conversion) through(conversion, object, drop);
  else drop(object);
}
