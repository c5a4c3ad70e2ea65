import type { NodeMetrics, PodMetrics } from '../../../api/generated/metrics.v1beta1';
import { tableWriter } from '../../print/table';
import { compareBy, sumOf, usageCells, usageOf } from './usage';

interface TableOptions {
  readonly noHeaders: boolean;
  readonly sortBy: string;
}

const layOut = (lines: readonly string[]) => tableWriter()(lines.map((line) => `${line}\n`).join(''));
const heading = (names: readonly string[]) => names.map((name) => `${name}\t`).join('');

/** `available`: of each node by its name; those without metrics come last. After metrics_printer.go in k8s.io/kubectl/pkg/metricsutil. */
export function nodeTable(metrics: readonly NodeMetrics[], available: ReadonlyMap<string, Readonly<Record<string, string>>>, { noHeaders, sortBy }: TableOptions): string {
  const sorted = [...metrics].sort(compareBy(sortBy, ({ usage }) => usageOf(usage), ({ metadata }) => metadata.name));
  const measured = new Set(sorted.map(({ metadata }) => metadata.name));
  return layOut([
    ...(noHeaders ? [] : [heading(['NAME', 'CPU(cores)', 'CPU(%)', 'MEMORY(bytes)', 'MEMORY(%)'])]),
    ...sorted.map(({ metadata, usage }) => `${metadata.name}\t${usageCells(usageOf(usage), available.get(metadata.name))}`),
    ...[...available.keys()].filter((name) => !measured.has(name)).map((name) => heading([name, ...Array<string>(4).fill('<unknown>')])),
  ]);
}

export interface PodTableOptions extends TableOptions {
  readonly containers: boolean;
  readonly withNamespace: boolean;
  readonly sum: boolean;
}

const usageOfPod = ({ containers }: PodMetrics) => sumOf(containers.map(({ usage }) => usageOf(usage)));

export function podTable(metrics: readonly PodMetrics[], options: PodTableOptions): string {
  if (!metrics.length) return '';
  const { noHeaders, sortBy, containers, withNamespace, sum } = options;
  const nameOf = ({ metadata: { name, namespace } }: PodMetrics) => (withNamespace ? `${namespace}\u0000${name}` : name);
  const sorted = [...metrics].sort(compareBy(sortBy, usageOfPod, nameOf));
  const leading = [...(withNamespace ? ['NAMESPACE'] : []), ...(containers ? ['POD'] : [])];
  return layOut([
    ...(noHeaders ? [] : [heading([...leading, 'NAME', 'CPU(cores)', 'MEMORY(bytes)'])]),
    ...sorted.flatMap((pod) => podLines(pod, options)),
    // kubectl counts the columns before the names only where it prints their headings.
    ...(sum ? sumLines(metrics, noHeaders ? 0 : leading.length) : []),
  ]);
}

function podLines(pod: PodMetrics, { containers, withNamespace, sortBy }: PodTableOptions): string[] {
  const { name, namespace } = pod.metadata;
  const before = withNamespace ? `${namespace}\t` : '';
  if (!containers) return [`${before}${name}\t${usageCells(usageOfPod(pod))}`];
  const sorted = [...pod.containers].sort(compareBy(sortBy, ({ usage }) => usageOf(usage), (container) => container.name));
  return sorted.map((container) => `${before}${name}\t${container.name}\t${usageCells(usageOf(container.usage))}`);
}

function sumLines(metrics: readonly PodMetrics[], leading: number): string[] {
  const empty = '\t'.repeat(leading + 1);
  return [`${empty}________\t________\t`, `${empty}${usageCells(sumOf(metrics.map(usageOfPod)))}`];
}
