import { semanticEqual } from '../../../api/equal';
import type { Endpoints, Service } from '../../../api/generated/core.v1';
import { create, event, nothingToDo, remove, update, type Action, type Plan } from '../../actions';
import { namespaceTerminating } from '../../failures';
import { reconciler, type Observed } from '../../reconciler';
import { endpoints, services } from '../../resources';
import { hasManagedEndpoints, headlessLabel, isHeadless, selectedPods, triggerTime, triggerTimeAnnotation, watchBackends, watchResults } from '../../service-backends';
import { subsetsOf, truncated } from './subsets';

const managedByLabel = 'endpoints.kubernetes.io/managed-by';
const manager = 'endpoint-controller';
const overCapacityAnnotation = 'endpoints.kubernetes.io/over-capacity';

/** The legacy list of the addresses behind a Service, under the Service's name. After k8s.io/kubernetes/pkg/controller/endpoint. */
export const endpointsController = reconciler<Service>({
  name: 'endpoint-controller',
  resource: services,
  watches: [watchBackends, watchResults(endpoints, ({ metadata }) => metadata.name)],
  reconcile: reconcileEndpoints,
  gone: ({ name, namespace }, observed) => {
    const left = observed.get(endpoints, name, namespace);
    return left?.metadata.labels?.[managedByLabel] === manager ? { actions: [remove(endpoints, left)] } : nothingToDo;
  },
});

export function reconcileEndpoints(service: Service, observed: Observed): Plan {
  if (!hasManagedEndpoints(service)) return nothingToDo;
  const { name, namespace } = service.metadata;
  const backends = selectedPods(service, observed);
  const all = subsetsOf(service, backends);
  const cut = truncated(all);
  const subsets = cut ?? all;
  const labels = {
    ...service.metadata.labels, ...(isHeadless(service) && { [headlessLabel]: '' }), [managedByLabel]: manager,
  };
  const known = observed.get(endpoints, name, namespace);
  const triggered = triggerTime(service, backends);
  const { [overCapacityAnnotation]: wasCut, ...annotations } = known?.metadata.annotations ?? {};
  if (known && semanticEqual(known.subsets, subsets) && semanticEqual(known.metadata.labels, labels) && (wasCut !== undefined) === (cut !== undefined)) {
    return nothingToDo;
  }
  const next: Endpoints = {
    ...known,
    metadata: {
      ...(known?.metadata ?? { name, ...(namespace && { namespace }) }),
      labels,
      annotations: { ...annotations, ...(triggered && { [triggerTimeAnnotation]: triggered }), ...(cut && { [overCapacityAnnotation]: 'truncated' }) },
    },
    subsets,
  };
  return { actions: [known ? update(endpoints, next, failed(next, 'Update', `endpoint ${namespace}/${name}`)) : create(endpoints, next, {
    ...failed(next, 'Create', `endpoint for service ${namespace}/${name}`), tolerates: namespaceTerminating,
  })] };
}

const failed = (about: Endpoints, verb: 'Create' | 'Update', what: string) => ({
  failed: (error: Error): Action[] =>
    [event(endpoints, about, 'Warning', `FailedTo${verb}Endpoint`, `Failed to ${verb.toLowerCase()} ${what}: ${error.message}`)],
});
