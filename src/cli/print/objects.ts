import type { KubeList, KubeObject, Unstructured } from '../../api/meta';

/** What is printed: an object, a list, or a watch event around an object. */
export type Printable = Unstructured | WatchedObject;

export interface WatchedObject {
  readonly type: string;
  readonly object: Unstructured;
}

export const isEvent = (object: Printable): object is WatchedObject => !('kind' in object) && 'object' in object;

/** kubectl's name of an object in output and messages. */
export function nameOf({ apiVersion = '', kind = '<unknown>', metadata }: KubeObject): string {
  const slash = apiVersion.indexOf('/');
  const type = slash < 0 ? kind.toLowerCase() : `${kind.toLowerCase()}.${apiVersion.slice(0, slash)}`;
  return `${type}/${metadata?.name || '<unknown>'}`;
}

/** As -o json and yaml show it. */
export function withoutManagedFields(object: Printable): Printable {
  if (isEvent(object)) return { type: object.type, object: strip(object.object) };
  const { items } = object as Unstructured & Partial<KubeList<Unstructured>>;
  return Array.isArray(items) ? ({ ...object, items: items.map(strip) } as Unstructured) : strip(object);
}

function strip(object: Unstructured): Unstructured {
  if (!object.metadata?.managedFields) return object;
  const metadata = { ...object.metadata };
  delete metadata.managedFields;
  return { ...object, metadata };
}

/** An item of a list, with the type that it does not carry itself. */
export function typedItem(list: { apiVersion?: string; kind?: string }, kind: string, item: Unstructured): Unstructured {
  return item.kind && item.apiVersion ? item : { apiVersion: list.apiVersion, kind, ...item } as Unstructured;
}

/** Several objects as one, as kubectl shows them. */
export const listOf = (items: readonly Unstructured[]): Unstructured =>
  ({ apiVersion: 'v1', items, kind: 'List', metadata: { resourceVersion: '' } }) as unknown as Unstructured;
