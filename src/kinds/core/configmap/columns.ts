import type { ConfigMap } from '../../../api/generated/core.v1';
import type { Column } from '../../kind';
import { age } from '../../printing';

const entries = (map: object | undefined) => Object.keys(map ?? {}).length;

export const configMapColumns: readonly Column<ConfigMap>[] = [
  { name: 'Data', value: ({ data, binaryData }) => entries(data) + entries(binaryData) },
  age,
];
