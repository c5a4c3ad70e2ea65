import type { Pod, Service, ServicePort } from '../api/generated/core.v1';
import { objectKey, type KubeObject } from '../api/meta';
import { labelSetMatcher } from '../api/selectors';
import { deepEqual } from '../api/equal';
import { isFinished, isReady, podCondition } from './pod-state';
import { watch, type Index, type Observed, type Watch } from './reconciler';
import { pods, services, type ResourceRef } from './resources';

/* What Endpoints and EndpointSlices have in common: which pods stand behind a Service, and how. */

/** Pods by each of their labels: `namespace/key=value`. */
const byLabel: Index<Pod> = {
  name: 'label',
  values: ({ metadata: { namespace, labels } }) => Object.entries(labels ?? {}).map(([key, value]) => `${namespace}/${key}=${value}`),
};

/** Services without a selector, and names that only point elsewhere, get their endpoints from somebody else. */
export const hasManagedEndpoints = ({ spec }: Service): boolean => spec?.selector !== undefined && spec.type !== 'ExternalName';

/** The pods that the selector matches, by name. An empty selector matches all of the namespace. */
export function selectedPods(service: Service, observed: Observed): readonly Pod[] {
  const { namespace } = service.metadata;
  const selector = service.spec?.selector ?? {};
  const [first] = Object.entries(selector);
  const candidates = first ? observed.find(pods, byLabel, `${namespace}/${first[0]}=${first[1]}`) : observed.list(pods, namespace);
  const matches = labelSetMatcher(selector);
  return candidates.filter((pod) => matches(pod.metadata.labels)).sort((a, b) => (a.metadata.name < b.metadata.name ? -1 : 1));
}

export const podIPs = (pod: Pod): readonly string[] => {
  const { podIPs: all, podIP } = pod.status ?? {};
  return all?.map(({ ip }) => ip) ?? (podIP ? [podIP] : []);
};

/** After ShouldPodBeInEndpoints of k8s.io/endpointslice/util. */
export const hasEndpoint = (pod: Pod, evenTerminating: boolean): boolean =>
  !isFinished(pod) && podIPs(pod).length > 0 && (evenTerminating || !pod.metadata.deletionTimestamp);

export const isIPv6 = (ip: string): boolean => ip.includes(':');

/** The number of a Service's port on this pod: given, or that of the container port of that name. */
export function targetPort(pod: Pod, { targetPort: target, port, protocol = 'TCP' }: ServicePort): number | undefined {
  if (target === undefined) return port;
  if (typeof target === 'number') return target;
  return (pod.spec?.containers ?? []).flatMap((container) => container.ports ?? [])
    .find((candidate) => candidate.name === target && (candidate.protocol ?? 'TCP') === protocol)?.containerPort;
}

/** A pod that is to be found by its own name below the Service's. */
export const endpointHostname = (pod: Pod, service: Service): string | undefined =>
  (pod.spec?.hostname && pod.spec.subdomain === service.metadata.name ? pod.spec.hostname : undefined);

export const isHeadless = ({ spec }: Service): boolean => !spec?.clusterIP || spec.clusterIP === 'None';

/** Label of endpoints objects whose Service has no address of its own. */
export const headlessLabel = 'service.kubernetes.io/headless';

/** Tells consumers since when the change that they see is due: the last one of the Service or its pods. */
export const triggerTimeAnnotation = 'endpoints.kubernetes.io/last-change-trigger-time';

export function triggerTime(service: Service, backends: readonly Pod[]): string | undefined {
  const times = backends.map((pod) => podCondition(pod, 'Ready')?.lastTransitionTime ?? pod.metadata.creationTimestamp);
  return [service.metadata.creationTimestamp, ...times].filter((time) => time !== undefined).sort().at(-1);
}

/** Wakes the Services that select a pod when something that endpoints show of it has changed. */
export const watchBackends: Watch = watch<Pod>({
  resource: pods,
  concerns: (pod, old) => !deepEqual(shown(pod), shown(old)),
  keys: ({ metadata }, observed) => observed.list(services, metadata.namespace)
    .filter((service) => service.spec?.selector && labelSetMatcher(service.spec.selector)(metadata.labels))
    .map((service) => objectKey(service)),
});

const shown = (pod: Pod) => ({
  labels: pod.metadata.labels, deleted: pod.metadata.deletionTimestamp !== undefined, node: pod.spec?.nodeName,
  hostname: pod.spec?.hostname, subdomain: pod.spec?.subdomain, ips: podIPs(pod), ready: isReady(pod), finished: isFinished(pod),
});

/** Wakes the Service that an endpoints object belongs to. */
export const watchResults = <T extends KubeObject>(resource: ResourceRef<T>, serviceOf: (object: T) => string | undefined): Watch => watch<T>({
  resource,
  keys: (object) => {
    const name = serviceOf(object);
    return name === undefined ? [] : [`${object.metadata.namespace}/${name}`];
  },
});
