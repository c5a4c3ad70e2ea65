import type { Pod, PodAffinityTerm, ResourceQuota, ResourceQuotaSpec } from '../../../api/generated/core.v1';
import { qosClassOf } from '../../pods/qos';

type Term = NonNullable<NonNullable<ResourceQuotaSpec['scopeSelector']>['matchExpressions']>[number];

const isTerminating = ({ spec }: Pod) => spec?.activeDeadlineSeconds !== undefined;
const isBestEffort = ({ spec }: Pod) => qosClassOf(spec!) === 'BestEffort';

/** After podMatchesScopeFunc of pkg/quota/v1/evaluator/core. */
const scopes: Readonly<Record<string, (pod: Pod, term: Term) => boolean>> = {
  Terminating: isTerminating,
  NotTerminating: (pod) => !isTerminating(pod),
  BestEffort: isBestEffort,
  NotBestEffort: (pod) => !isBestEffort(pod),
  CrossNamespacePodAffinity: looksAcrossNamespaces,
  PriorityClass({ spec }, { operator, values = [] }) {
    const name = spec?.priorityClassName ?? '';
    const listed = values.includes(name);
    return { In: name !== '' && listed, NotIn: !listed, Exists: name !== '', DoesNotExist: name === '' }[operator] ?? false;
  },
};

/** Whether a quota is about this pod. Every scope has to match. */
export function coversPod({ spec }: ResourceQuota, pod: Pod): boolean {
  const plain = (spec?.scopes ?? []).map((scopeName) => ({ scopeName, operator: 'Exists' }) as Term);
  return [...plain, ...(spec?.scopeSelector?.matchExpressions ?? [])].every((term) => scopes[term.scopeName]?.(pod, term) ?? false);
}

export const isScoped = ({ spec }: ResourceQuota): boolean => Boolean(spec?.scopes?.length || spec?.scopeSelector?.matchExpressions?.length);

function looksAcrossNamespaces({ spec }: Pod): boolean {
  const { podAffinity, podAntiAffinity } = spec?.affinity ?? {};
  const terms: PodAffinityTerm[] = [podAffinity, podAntiAffinity].flatMap((affinity) => [
    ...(affinity?.requiredDuringSchedulingIgnoredDuringExecution ?? []),
    ...(affinity?.preferredDuringSchedulingIgnoredDuringExecution ?? []).map(({ podAffinityTerm }) => podAffinityTerm),
  ]);
  return terms.some(({ namespaces, namespaceSelector }) => Boolean(namespaces?.length) || namespaceSelector !== undefined);
}
