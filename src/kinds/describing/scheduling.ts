import { formatLabelSelector } from '../../api/selectors';
import type { Taint, Toleration, TopologySpreadConstraint } from '../../api/generated/core.v1';
import { column } from './labels';
import type { Write } from './writer';

const compare = (a: string, b: string) => a < b ? -1 : a > b ? 1 : 0;

function tolerationText({ key = '', operator, value = '', effect, tolerationSeconds }: Toleration): string {
  const taint = `${key}${value && `=${value}`}${effect ? `:${effect}` : ''}`;
  const everything = operator === 'Exists' && !value ? `${taint && ' '}op=Exists` : '';
  return `${taint}${everything}${tolerationSeconds === undefined ? '' : ` for ${tolerationSeconds}s`}`;
}

export function describeTolerations(write: Write, title: string, tolerations: readonly Toleration[] | undefined): void {
  column(write, title, [...tolerations ?? []].sort((a, b) => compare(a.key ?? '', b.key ?? '')).map(tolerationText));
}

/** `key=value:Effect`, `key:Effect` */
const taintText = ({ key, value, effect }: Taint) => `${key}${value ? `=${value}` : ''}${effect ? `:${effect}` : ''}`;

export function describeTaints(write: Write, title: string, taints: readonly Taint[] | undefined): void {
  const sortKey = ({ key, effect }: Taint) => `${effect},${key}`;
  column(write, title, [...taints ?? []].sort((a, b) => compare(sortKey(a), sortKey(b))).map(taintText));
}

function spreadText({ topologyKey, whenUnsatisfiable, maxSkew, labelSelector }: TopologySpreadConstraint): string {
  const selected = labelSelector ? ` for selector ${formatLabelSelector(labelSelector)}` : '';
  return `${topologyKey}:${whenUnsatisfiable} when max skew ${maxSkew} is exceeded${selected}`;
}

/** `space` goes before the title and before the tab of every further line. */
export function describeSpreads(write: Write, constraints: readonly TopologySpreadConstraint[] | undefined, space: string): void {
  if (!constraints?.length) return;
  const sorted = [...constraints].sort((a, b) => compare(a.topologyKey, b.topologyKey));
  sorted.forEach((constraint, i) => write(0, `${space}${i === 0 ? 'Topology Spread Constraints:' : ''}\t${spreadText(constraint)}\n`));
}
