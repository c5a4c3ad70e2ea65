import type { Container, Pod } from '../../../../api/generated/core.v1';
import type { Quantity } from '../../../../api/quantity';
import { isFinished } from '../../../pod-state';
import { amountsOf, podLimits, podRequests, type Amounts } from '../../../pods/requests';
import { isHugePages, isNative } from '../../../resource-names';
import { pods } from '../../../resources';
import { coversPod } from '../scopes';
import { count, type Usage } from '../usage';
import { countName, type Evaluator } from './evaluator';

const basic = ['cpu', 'memory', 'ephemeral-storage'];
const counted = new Set([countName(pods), 'pods', ...basic.flatMap((name) => [name, `requests.${name}`, `limits.${name}`])]);
/** Every container has to state these where a quota counts them. Source: validationSet. */
const mandatory = ['cpu', 'memory', 'requests.cpu', 'requests.memory', 'limits.cpu', 'limits.memory'];

/** When a pod should be gone: its node may be lost. */
function overdueMs({ metadata: { deletionTimestamp, deletionGracePeriodSeconds } }: Pod): number | undefined {
  return deletionTimestamp === undefined || deletionGracePeriodSeconds === undefined ? undefined : Date.parse(deletionTimestamp) + deletionGracePeriodSeconds * 1000;
}

const takesResources = (pod: Pod, nowMs: number) => !isFinished(pod) && nowMs <= (overdueMs(pod) ?? Infinity);

/** By the names of quotas. Only what is requested counts of devices and pages. Source: podComputeUsageHelper. */
function computeUsage(requests: Amounts, limits: Amounts): [string, Quantity][] {
  return [
    ...[...requests].flatMap(([name, amount]): [string, Quantity][] => [...(isPlain(name) ? [[name, amount] as [string, Quantity]] : []), [`requests.${name}`, amount]]),
    ...[...limits].filter(([name]) => basic.includes(name)).map(([name, amount]): [string, Quantity] => [`limits.${name}`, amount]),
  ];
}

const isPlain = (name: string) => basic.includes(name) || isHugePages(name);

function podUsage(pod: Pod, nowMs: number): Usage {
  const present: [string, Quantity] = [countName(pods), count(1)];
  return new Map(takesResources(pod, nowMs) ? [present, ['pods', count(1)], ...computeUsage(podRequests(pod), podLimits(pod))] : [present]);
}

const statedBy = ({ resources }: Container) => new Set(computeUsage(amountsOf(resources?.requests), amountsOf(resources?.limits)).map(([name]) => name));

/** Wording: podEvaluator.Constraints. */
function lacks(names: readonly string[], { spec }: Pod): string | undefined {
  const containers = [...spec.containers, ...(spec.initContainers ?? [])].map((container) => ({ name: container.name, states: statedBy(container) }));
  const missing = mandatory.filter((name) => names.includes(name)).sort().flatMap((name) => {
    const silent = [...new Set(containers.filter(({ states }) => !states.has(name)).map((container) => container.name))].sort();
    return silent.length ? [`${name} for: ${silent.join(',')}`] : [];
  });
  return missing.length ? `must specify ${missing.join('; ')}` : undefined;
}

/** After k8s.io/kubernetes/pkg/quota/v1/evaluator/core/pods.go. */
export const podEvaluator: Evaluator<Pod> = {
  resource: pods,
  charged: ['CREATE', 'UPDATE resize'],
  counts: (name) => counted.has(name) || isHugePages(name) || name.startsWith('requests.hugepages-') || (!isNative(name) && name.startsWith('requests.')),
  covers: coversPod,
  usage: podUsage,
  shown: (pod) => [pod.spec, pod.metadata.deletionTimestamp, isFinished(pod), pod.status?.containerStatuses?.map(({ resources, allocatedResources }) => [resources, allocatedResources])],
  lacks,
  lapsesMs: overdueMs,
};
