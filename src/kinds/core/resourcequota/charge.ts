import type { ResourceQuota } from '../../../api/generated/core.v1';
import type { KubeObject } from '../../../api/meta';
import { compareQuantity, formatQuantity, parseQuantity, type Quantity } from '../../../api/quantity';
import type { Evaluator } from './evaluators';
import { addUsage, count, growth, isPositive, type Usage } from './usage';

/** What a write adds to a quota. */
export interface Charge {
  readonly quota: ResourceQuota;
  readonly usage: Usage;
}

/** A create, or an update where there is an `old`. */
export interface Write {
  readonly object: KubeObject;
  readonly old?: KubeObject;
}

const hardNames = ({ spec }: ResourceQuota, evaluator: Evaluator) => Object.keys(spec?.hard ?? {}).filter((name) => evaluator.counts(name));

/** The quotas that a write adds to; a text is why it is refused. Pure. After CheckRequest of k8s.io/apiserver/pkg/admission/plugin/resourcequota. */
export function chargesOf(evaluator: Evaluator, quotas: readonly ResourceQuota[], { object, old }: Write, nowMs: number): readonly Charge[] | string {
  const concerned = quotas.filter((quota) => hardNames(quota, evaluator).length > 0 && evaluator.covers(quota, object));
  for (const quota of concerned) {
    const problem = evaluator.lacks?.(hardNames(quota, evaluator), object);
    if (problem) return `failed quota: ${quota.metadata.name}: ${problem}`;
  }
  const usage = evaluator.usage(object, nowMs);
  const grown = old && growth(usage, evaluator.usage(old, nowMs));
  return concerned.flatMap((quota) => {
    const added = grown && evaluator.covers(quota, old!) ? grown : usage;
    const names = hardNames(quota, evaluator);
    const charged = new Map([...added].filter(([name, amount]) => names.includes(name) && isPositive(amount)));
    return charged.size ? [{ quota, usage: charged }] : [];
  });
}

/** Why a quota that is used so far does not bear the charge. */
export function exceeded({ quota, usage }: Charge, used: Usage): string | undefined {
  const hard = new Map(Object.entries(quota.spec?.hard ?? {}).map(([name, amount]) => [name, parseQuantity(amount)]));
  const sum = addUsage(used, usage);
  const over = [...usage.keys()].filter((name) => compareQuantity(sum.get(name)!, hard.get(name)!) > 0).sort();
  if (!over.length) return undefined;
  const shown = (amounts: ReadonlyMap<string, Quantity>) => over.map((name) => `${name}=${formatQuantity(amounts.get(name) ?? count(0))}`).join(',');
  return `exceeded quota: ${quota.metadata.name}, requested: ${shown(usage)}, used: ${shown(used)}, limited: ${shown(hard)}`;
}
