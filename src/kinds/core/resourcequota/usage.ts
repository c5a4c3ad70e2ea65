import { addQuantity, newQuantity, parseQuantity, type Quantity } from '../../../api/quantity';
import type { PersistentVolumeClaim, Pod, Service } from '../../../api/generated/core.v1';
import { qualifiedResource } from '../../../api/errors';
import type { KubeObject } from '../../../api/meta';
import { claimClass } from '../../claims';
import { isFinished } from '../../pod-state';
import { podLimits, podRequests } from '../../pods/requests';
import { isHugePages } from '../../resource-names';
import {
  configMaps, cronJobs, daemonSets, deployments, jobs, persistentVolumeClaims, pods, replicaSets, replicationControllers, resourceQuotas, secrets, services,
  statefulSets, type ResourceRef,
} from '../../resources';

export type Usage = ReadonlyMap<string, Quantity>;

/** What one object takes of a quota, beside being counted. */
interface Evaluator<T extends KubeObject = KubeObject> {
  readonly resource: ResourceRef<T>;
  usage(object: T, nowMs: number): Usage;
}

const evaluator = <T extends KubeObject>(resource: ResourceRef<T>, usage: Evaluator<T>['usage']): Evaluator => ({ resource, usage }) as unknown as Evaluator;
const counted = (resource: ResourceRef, ...names: string[]) => evaluator(resource, () => new Map(names.map((name) => [name, count(1)])));
const count = (value: number) => newQuantity(value, 'DecimalSI');

/** Everything that quotas are about. After pkg/quota/v1/evaluator/core. */
export const evaluators: readonly Evaluator[] = [
  evaluator(pods, podUsage),
  evaluator(services, serviceUsage),
  evaluator(persistentVolumeClaims, claimUsage),
  ...[configMaps, secrets, replicationControllers, resourceQuotas].map((resource) => counted(resource, resource.plural)),
  ...[deployments, replicaSets, statefulSets, daemonSets, jobs, cronJobs].map((resource) => counted(resource)),
];

/** `count/deployments.apps` */
const countName = (resource: ResourceRef): string => `count/${qualifiedResource(resource)}`;

export const usageOf = ({ resource, usage }: Evaluator, object: KubeObject, nowMs: number): Usage =>
  new Map([[countName(resource), count(1)], ...usage(object, nowMs)]);

export function addUsage(a: Usage, b: Usage): Usage {
  const sum = new Map(a);
  for (const [name, amount] of b) sum.set(name, sum.has(name) ? addQuantity(sum.get(name)!, amount) : amount);
  return sum;
}

/** Ended pods take nothing, nor those that should be gone already: their node may be lost. */
function takesResources(pod: Pod, nowMs: number): boolean {
  const { deletionTimestamp, deletionGracePeriodSeconds } = pod.metadata;
  const overdue = deletionTimestamp !== undefined && deletionGracePeriodSeconds !== undefined
    && nowMs > Date.parse(deletionTimestamp) + deletionGracePeriodSeconds * 1000;
  return !isFinished(pod) && !overdue;
}

const basic = ['cpu', 'memory', 'ephemeral-storage'];

function podUsage(pod: Pod, nowMs: number): Usage {
  if (!takesResources(pod, nowMs)) return new Map();
  const requests = [...podRequests(pod)].flatMap(([name, amount]): [string, Quantity][] =>
    [...(basic.includes(name) || isHugePages(name) ? [[name, amount] as [string, Quantity]] : []), [`requests.${name}`, amount]]);
  const limits = [...podLimits(pod)].filter(([name]) => basic.includes(name)).map(([name, amount]): [string, Quantity] => [`limits.${name}`, amount]);
  return new Map([['pods', count(1)], ...requests, ...limits]);
}

function serviceUsage({ spec }: Service): Usage {
  const { type, ports = [], allocateLoadBalancerNodePorts } = spec ?? {};
  const balanced = type === 'LoadBalancer';
  const given = ports.filter(({ nodePort }) => nodePort).length;
  const nodePorts = type === 'NodePort' || balanced ? (balanced && allocateLoadBalancerNodePorts === false ? given : ports.length) : 0;
  return new Map([['services', count(1)], ['services.loadbalancers', count(balanced ? 1 : 0)], ['services.nodeports', count(nodePorts)]]);
}

function claimUsage(claim: PersistentVolumeClaim): Usage {
  const storageClass = claimClass(claim);
  const names = (name: string) => [name, ...(storageClass ? [`${storageClass}.storageclass.storage.k8s.io/${name}`] : [])];
  const storage = claim.spec?.resources?.requests?.storage;
  return new Map([
    ...names('persistentvolumeclaims').map((name): [string, Quantity] => [name, count(1)]),
    ...(storage === undefined ? [] : names('requests.storage').map((name): [string, Quantity] => [name, parseQuantity(storage)])),
  ]);
}
