import { semanticEqual } from '../../../api/equal';
import type { EndpointAddress, Endpoints, EndpointSubset, Service } from '../../../api/generated/core.v1';
import type { Endpoint, EndpointPort, EndpointSlice } from '../../../api/generated/discovery.v1';
import { objectKey } from '../../../api/meta';
import { create, event, remove, update, type Action, type Plan } from '../../actions';
import { isIPv4, isIPv6 } from '../../addresses';
import { namespaceTerminating } from '../../failures';
import { omit } from '../../omit';
import { controllerRef } from '../../owners';
import { reconciler, watch, type Index, type Observed } from '../../reconciler';
import { endpoints, endpointSlices, services } from '../../resources';
import { triggerTimeAnnotation, watchResults } from '../../service-backends';
import { portsKey } from './endpoints';

const serviceLabel = 'kubernetes.io/service-name';
const managedByLabel = 'endpointslice.kubernetes.io/managed-by';
const manager = 'endpointslicemirroring-controller.k8s.io';
const skipLabel = 'endpointslice.kubernetes.io/skip-mirror';
const leaderAnnotation = 'control-plane.alpha.kubernetes.io/leader';
const lastAppliedAnnotation = 'kubectl.kubernetes.io/last-applied-configuration';

/** Addresses of one subset that are mirrored. */
const mirroredMax = 1000;

const mirroredFrom = ({ metadata: { labels } }: EndpointSlice): string | undefined =>
  (labels?.[managedByLabel] === manager ? labels[serviceLabel] : undefined);

/** Mirrored slices, by `namespace/endpoints`. */
const bySource: Index<EndpointSlice> = {
  name: 'mirrored',
  values: (slice) => {
    const name = mirroredFrom(slice);
    return name === undefined ? [] : [`${slice.metadata.namespace}/${name}`];
  },
};

/** Copies Endpoints that somebody wrote for a Service without selector into slices. After k8s.io/kubernetes/pkg/controller/endpointslicemirroring. */
export const endpointSliceMirroringController = reconciler<Endpoints>({
  name: 'endpoint-slice-mirroring-controller',
  resource: endpoints,
  watches: [
    watch<Service>({ resource: services, concerns: (service, old) => Boolean(service.spec?.selector) !== Boolean(old.spec?.selector), keys: (service) => [objectKey(service)] }),
    watchResults(endpointSlices, mirroredFrom),
  ],
  reconcile: reconcileMirror,
  gone: ({ name, namespace }, observed) => ({ actions: removeAll(observed.find(endpointSlices, bySource, `${namespace}/${name}`)) }),
});

const removeAll = (slices: readonly EndpointSlice[]): Action[] =>
  slices.filter(({ metadata }) => !metadata.deletionTimestamp).map((slice) => remove(endpointSlices, slice));

export function reconcileMirror(source: Endpoints, observed: Observed): Plan {
  const { name, namespace, labels, annotations } = source.metadata;
  const existing = observed.find(endpointSlices, bySource, objectKey(source)).filter(({ metadata }) => !metadata.deletionTimestamp);
  const service = observed.get(services, name, namespace);
  const isMirrored = service && !service.spec?.selector && labels?.[skipLabel] !== 'true' && annotations?.[leaderAnnotation] === undefined;
  if (!isMirrored || source.metadata.deletionTimestamp) return { actions: removeAll(existing) };
  const { wanted, invalid, skipped } = mirrorsOf(source);
  const free = [...existing];
  const placed = wanted.map((mirror) => {
    const at = free.findIndex((slice) => slice.addressType === mirror.addressType && portsKey(slice.ports) === portsKey(mirror.ports));
    return { mirror, slice: at < 0 ? undefined : free.splice(at, 1)[0] };
  });
  const reused = placed.map(({ mirror, slice }) => {
    const at = slice ? -1 : free.findIndex(({ addressType }) => addressType === mirror.addressType);
    return { mirror, slice: at < 0 ? slice : free.splice(at, 1)[0] };
  });
  const tell = (reason: string, message: string) => event(endpoints, source, 'Warning', reason, message);
  return { actions: [
    ...(invalid > 0 ? [tell('InvalidIPAddress', `Skipped ${invalid} invalid IP addresses when mirroring to EndpointSlices`)] : []),
    ...(skipped > 0 ? [tell('TooManyAddressesToMirror',
      `A max of ${mirroredMax} addresses can be mirrored to EndpointSlices per Endpoints subset. ${skipped + invalid} addresses were skipped`)] : []),
    ...reused.flatMap(({ mirror, slice }) => write(source, mirror, slice)),
    ...removeAll(free),
  ] };
}

type Mirror = Pick<EndpointSlice, 'addressType' | 'endpoints'> & { ports: EndpointPort[] };

function mirrorsOf({ subsets = [] }: Endpoints): { wanted: Mirror[]; invalid: number; skipped: number } {
  const mirrors = new Map<string, Mirror>();
  let [invalid, skipped] = [0, 0];
  for (const subset of subsets) {
    const ports = (subset.ports ?? []).map(({ name = '', port, protocol, appProtocol }) => ({ name, port, protocol: protocol ?? 'TCP', ...(appProtocol && { appProtocol }) }) as EndpointPort);
    const all = endpointsOf(subset);
    const valid = all.filter(({ addresses: [address] }) => isIPv4(address!) || isIPv6(address!));
    invalid += all.length - valid.length;
    skipped += Math.max(0, valid.length - mirroredMax);
    for (const endpoint of valid.slice(0, mirroredMax)) {
      const addressType = isIPv6(endpoint.addresses[0]!) ? 'IPv6' : 'IPv4';
      const key = `${addressType} ${portsKey(ports)}`;
      const mirror = mirrors.get(key) ?? { addressType, ports, endpoints: [] };
      mirrors.set(key, mirror);
      if (!mirror.endpoints.some((known) => semanticEqual(known, endpoint))) mirror.endpoints.push(endpoint);
    }
  }
  return { wanted: [...mirrors.values()], invalid, skipped };
}

const endpointsOf = ({ addresses = [], notReadyAddresses = [] }: EndpointSubset): Endpoint[] =>
  [...addresses.map((address) => endpointOf(address, true)), ...notReadyAddresses.map((address) => endpointOf(address, false))];

const endpointOf = ({ ip, hostname, nodeName, targetRef }: EndpointAddress, ready: boolean): Endpoint =>
  ({ addresses: [ip], conditions: { ready }, ...(hostname && { hostname }), ...(nodeName && { nodeName }), ...(targetRef && { targetRef }) });

function write(source: Endpoints, { addressType, ports, endpoints: list }: Mirror, slice: EndpointSlice | undefined): Action[] {
  const { name, namespace } = source.metadata;
  const labels = { ...source.metadata.labels, [serviceLabel]: name, [managedByLabel]: manager };
  const annotations = omit(source.metadata.annotations, triggerTimeAnnotation, lastAppliedAnnotation);
  if (!slice) {
    const metadata = {
      name: '', generateName: `${name}-`, ...(namespace && { namespace }), labels, ...(Object.keys(annotations).length > 0 && { annotations }),
      ownerReferences: [controllerRef(endpoints, source)],
    };
    return [create(endpointSlices, { metadata, addressType, endpoints: list, ports }, { tolerates: namespaceTerminating })];
  }
  const same = semanticEqual(slice.endpoints, list) && semanticEqual(slice.ports, ports) && semanticEqual(slice.metadata.labels, labels)
    && semanticEqual(slice.metadata.annotations ?? {}, annotations);
  return same ? [] : [update(endpointSlices, { ...slice, metadata: { ...slice.metadata, labels, annotations }, endpoints: list, ports })];
}
