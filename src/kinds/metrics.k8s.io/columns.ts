import { addQuantity, formatQuantity, parseQuantity } from '../../api/quantity';
import type { KubeObject } from '../../api/meta';
import type { Column } from '../kind';

interface Metrics extends KubeObject {
  window: string;
}

const amounts = ['cpu', 'memory'] as const;

/** After metrics-server's pkg/api/table.go. */
export const metricsColumns = <T extends Metrics>(usages: (metrics: T) => readonly Readonly<Record<string, string>>[]): Column<T>[] => [
  ...amounts.map((name): Column<T> => ({ name, format: 'quantity', value: (metrics) => sum(usages(metrics).map((usage) => usage[name] ?? '0')) })),
  { name: 'Window', format: 'duration', value: ({ window }) => window },
];

const sum = (texts: readonly string[]) => formatQuantity(texts.map(parseQuantity).reduce(addQuantity, parseQuantity('0')));
