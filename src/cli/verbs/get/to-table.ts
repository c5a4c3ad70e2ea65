import type { Clock } from '../../../api/clock';
import { translateTimestampSince } from '../../../api/duration';
import type { KubeList, Unstructured } from '../../../api/meta';
import type { Row, Table } from '../../print/table';

/** The object as a table: as it is when the server made one, else its name and age. */
export function toTable(object: Unstructured, clock: Clock): Table {
  if (object.kind === 'Table') return object as unknown as Table;
  const { items } = object as Unstructured & Partial<KubeList<Unstructured>>;
  return {
    kind: 'Table', apiVersion: 'meta.k8s.io/v1',
    columnDefinitions: [{ name: 'Name', type: 'string', format: 'name' }, { name: 'Age', type: 'string' }],
    rows: (Array.isArray(items) ? items : [object]).map((item) => rowOf(item, clock)),
  };
}

function rowOf(object: Unstructured, clock: Clock): Row {
  const { name, creationTimestamp } = object.metadata;
  return { cells: [name, translateTimestampSince(creationTimestamp as string | undefined, clock.now())], object };
}
