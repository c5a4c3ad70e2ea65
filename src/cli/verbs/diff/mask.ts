import type { Unstructured } from '../../../api/meta';

const hidden = '***';

type Data = Record<string, unknown>;

/** What a comparison shows of a secret: which keys there are and which differ, never a value. */
export function masked(from: Unstructured | undefined, to: Unstructured): [Unstructured | undefined, Unstructured] {
  const [before, after] = [dataOf(from), dataOf(to)];
  const cover = (data: Data | undefined, other: Data | undefined, where: string) =>
    data && Object.fromEntries(Object.keys(data).map((key) => [key, other && key in other && other[key] !== data[key] ? `${hidden} (${where})` : hidden]));
  return [from && withData(from, cover(before, after, 'before')), withData(to, cover(after, before, 'after'))];
}

const dataOf = (object: Unstructured | undefined) => object?.['data'] as Data | undefined;
const withData = (object: Unstructured, data: Data | undefined): Unstructured => (data ? { ...object, data } : object);
