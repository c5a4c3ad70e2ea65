import type { ListMeta, Unstructured } from '../../../api/meta';
import type { Cell, Column, Kind } from '../../../kinds/kind';

export type IncludeObject = 'None' | 'Metadata' | 'Object';

export interface TableColumn {
  name: string;
  type: string;
  format: string;
  description: string;
  priority: number;
}

export interface Table {
  kind: 'Table';
  apiVersion: string;
  metadata: ListMeta;
  /** Null in the later events of a watch. */
  columnDefinitions: TableColumn[] | null;
  rows: { cells: Cell[]; object?: unknown }[];
}

const nameColumn: Column = {
  name: 'Name', format: 'name',
  description: 'Name must be unique within a namespace. Is required when creating resources, although some resources may allow a client to request '
    + 'the generation of an appropriate name automatically. Name is primarily intended for creation idempotence and configuration definition. '
    + 'Cannot be updated. More info: https://kubernetes.io/docs/concepts/overview/working-with-objects/names#names',
  value: ({ metadata }) => metadata.name,
};

/** Every table begins with the name, unless the kind places it elsewhere. */
const columnsOf = (kind: Kind): readonly Column[] =>
  kind.columns.some(({ name }) => name === 'Name') ? kind.columns : [nameColumn, ...kind.columns];

function columnDefinitions(kind: Kind): TableColumn[] {
  return columnsOf(kind).map(({ name, type = 'string', format = '', description = '', priority = 0 }) =>
    ({ name, type, format: format || (name === 'Name' ? 'name' : ''), description, priority }));
}

export function tableOf(kind: Kind, objects: readonly Unstructured[], metadata: ListMeta, include: IncludeObject, nowMs: number, withColumns = true): Table {
  const columns = columnsOf(kind);
  return {
    kind: 'Table',
    apiVersion: 'meta.k8s.io/v1',
    metadata,
    columnDefinitions: withColumns ? columnDefinitions(kind) : null,
    rows: (kind.compareRows ? [...objects].sort(kind.compareRows) : objects).map((object) => ({
      cells: columns.map((column) => column.value(object, { nowMs })),
      ...included(object, include),
    })),
  };
}

function included(object: Unstructured, include: IncludeObject): { object?: unknown } {
  if (include === 'None') return {};
  return { object: include === 'Object' ? object : partialMetadata(object) };
}

export const partialMetadata = ({ metadata }: Unstructured) => ({ kind: 'PartialObjectMetadata', apiVersion: 'meta.k8s.io/v1', metadata });

export const partialMetadataList = (objects: readonly Unstructured[], metadata: ListMeta) =>
  ({ kind: 'PartialObjectMetadataList', apiVersion: 'meta.k8s.io/v1', metadata, items: objects.map(partialMetadata) });
