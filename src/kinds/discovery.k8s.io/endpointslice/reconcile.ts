import { deepEqual, semanticEqual } from '../../../api/equal';
import type { Service } from '../../../api/generated/core.v1';
import type { Endpoint, EndpointPort, EndpointSlice } from '../../../api/generated/discovery.v1';
import { objectKey } from '../../../api/meta';
import { create, nothingToDo, remove, update, type Action, type Plan } from '../../actions';
import { namespaceTerminating } from '../../failures';
import { omit } from '../../omit';
import { controllerRef } from '../../owners';
import { reconciler, watch, type Index, type Observed } from '../../reconciler';
import { endpointSlices, nodes, services } from '../../resources';
import { hasManagedEndpoints, headlessLabel, isHeadless, selectedPods, triggerTime, triggerTimeAnnotation, watchBackends, watchResults } from '../../service-backends';
import { addressTypes, endpointGroups, portsKey, type AddressType, type EndpointGroup } from './endpoints';
import { pack } from './packing';

const serviceLabel = 'kubernetes.io/service-name';
const managedByLabel = 'endpointslice.kubernetes.io/managed-by';
const manager = 'endpointslice-controller.k8s.io';

const serviceOf = ({ metadata: { labels } }: EndpointSlice): string | undefined =>
  (labels?.[managedByLabel] === manager ? labels[serviceLabel] : undefined);

/** The slices that this loop manages, by `namespace/service`. */
const byService: Index<EndpointSlice> = {
  name: 'service',
  values: (slice) => {
    const service = serviceOf(slice);
    return service === undefined ? [] : [`${slice.metadata.namespace}/${service}`];
  },
};

/** Lists the pods behind each Service in slices. After k8s.io/endpointslice. */
export const endpointSliceController = reconciler<Service>({
  name: 'endpoint-slice-controller',
  resource: services,
  watches: [
    watchBackends,
    watchResults(endpointSlices, serviceOf),
    watch({
      resource: nodes,
      concerns: (node, old) => !deepEqual(node.metadata.labels, old.metadata.labels),
      keys: (_, observed) => observed.list(services).filter(hasManagedEndpoints).map((service) => objectKey(service)),
    }),
  ],
  reconcile: reconcileEndpointSlices,
});

export function reconcileEndpointSlices(service: Service, observed: Observed): Plan {
  if (!hasManagedEndpoints(service) || service.metadata.deletionTimestamp) return nothingToDo;
  const existing = observed.find(endpointSlices, byService, objectKey(service)).filter((slice) => !slice.metadata.deletionTimestamp);
  const types = addressTypes(service);
  const unwanted = existing.filter((slice) => !types.includes(slice.addressType as AddressType) || !isOwnedBy(slice, service));
  const wanted = existing.filter((slice) => !unwanted.includes(slice));
  const actions = types.flatMap((type) => reconcileType(service, type, wanted.filter((slice) => slice.addressType === type), observed));
  return { actions: [...actions, ...unwanted.map((slice) => remove(endpointSlices, slice))] };
}

const isOwnedBy = (slice: EndpointSlice, service: Service) =>
  (slice.metadata.ownerReferences ?? []).some(({ kind, uid }) => kind === 'Service' && uid === service.metadata.uid);

function reconcileType(service: Service, type: AddressType, existing: readonly EndpointSlice[], observed: Observed): Action[] {
  const backends = selectedPods(service, observed);
  const groups = endpointGroups(service, backends, type, (name) => observed.get(nodes, name));
  const write = new SliceWriter(service, type, triggerTime(service, backends));
  const { kept, added } = packGroups(groups, existing, write);
  const dropped = existing.filter((slice) => !kept.has(slice));
  // There is always a slice, so that consumers know that the Service was looked at.
  if (kept.size === 0 && added.length === 0) added.push({ ports: [], endpoints: [] });
  const reused = dropped.slice(0, added.length);
  return [
    ...[...kept].flatMap(([slice, endpoints]) => write.change(slice, slice.ports ?? [], endpoints)),
    ...added.flatMap(({ ports, endpoints }, at) => (reused[at] ? write.change(reused[at], ports, endpoints) : write.make(ports, endpoints))),
    ...dropped.slice(added.length).map((slice) => remove(endpointSlices, slice)),
  ];
}

function packGroups(groups: ReadonlyMap<string, EndpointGroup>, existing: readonly EndpointSlice[], write: SliceWriter) {
  const kept = new Map<EndpointSlice, readonly Endpoint[]>();
  const added: { ports: readonly EndpointPort[]; endpoints: readonly Endpoint[] }[] = [];
  for (const [key, { ports, endpoints }] of groups) {
    const packing = pack(existing.filter((slice) => portsKey(slice.ports) === key), endpoints, (slice) => write.relabels(slice));
    packing.kept.forEach((list, slice) => kept.set(slice, list));
    packing.added.forEach((list) => added.push({ ports, endpoints: list }));
  }
  return { kept, added };
}

class SliceWriter {
  constructor(private readonly service: Service, private readonly type: AddressType, private readonly triggered: string | undefined) {}

  relabels(slice: EndpointSlice): boolean {
    return !deepEqual(slice.metadata.labels, this.labels());
  }

  make(ports: readonly EndpointPort[], endpoints: readonly Endpoint[]): Action[] {
    const { name, namespace } = this.service.metadata;
    const metadata = {
      name: '', generateName: `${name}-`, ...(namespace && { namespace }), labels: this.labels(), ...this.annotations(),
      ownerReferences: [controllerRef(services, this.service)],
    };
    const slice: EndpointSlice = { metadata, addressType: this.type, endpoints: [...endpoints], ports: [...ports] };
    return [create(endpointSlices, slice, { tolerates: namespaceTerminating })];
  }

  change(slice: EndpointSlice, ports: readonly EndpointPort[], endpoints: readonly Endpoint[]): Action[] {
    const same = semanticEqual(slice.endpoints, endpoints) && semanticEqual(slice.ports, ports) && !this.relabels(slice);
    if (same) return [];
    const metadata = { ...slice.metadata, labels: this.labels(), ...this.annotations(slice.metadata.annotations) };
    return [update(endpointSlices, { ...slice, metadata, endpoints: [...endpoints], ports: [...ports] })];
  }

  private labels(): Record<string, string> {
    return {
      ...omit(this.service.metadata.labels, serviceLabel, managedByLabel, headlessLabel),
      ...(isHeadless(this.service) && { [headlessLabel]: '' }), [serviceLabel]: this.service.metadata.name, [managedByLabel]: manager,
    };
  }

  private annotations(known: Record<string, string> = {}): { annotations?: Record<string, string> } {
    return this.triggered === undefined ? {} : { annotations: { ...known, [triggerTimeAnnotation]: this.triggered } };
  }
}
