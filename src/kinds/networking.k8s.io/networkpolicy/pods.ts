import type { Pod } from '../../../api/generated/core.v1';
import type { EndpointSlice } from '../../../api/generated/discovery.v1';
import { isIPv4 } from '../../addresses';

type Protocol = 'TCP' | 'UDP' | 'SCTP';

/** A pod as policies see it. */
export interface PolicyPod {
  readonly namespace: string;
  readonly name: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly address: string;
  /** Absent of the name server, which is on no node. */
  readonly nodeName?: string;
  readonly ports: readonly PolicyPodPort[];
}

export interface PolicyPodPort {
  readonly name: string;
  readonly protocol: Protocol;
  readonly port: number;
  /** Where it really listens, behind the address translation. */
  readonly listensAt?: number;
}

/** `undefined` for pods without a network of their own: policies neither select them nor let them through by selectors. */
export function policyPod({ metadata, spec, status }: Pod): PolicyPod | undefined {
  const address = status?.podIP ?? '';
  if (!spec?.nodeName || spec.hostNetwork || status?.phase === 'Succeeded' || status?.phase === 'Failed' || !isIPv4(address)) return undefined;
  return {
    namespace: metadata.namespace!, name: metadata.name, labels: metadata.labels ?? {}, address, nodeName: spec.nodeName,
    ports: [...spec.containers, ...spec.initContainers ?? []].flatMap(({ ports = [] }) =>
      ports.flatMap(({ name, protocol = 'TCP', containerPort }) => (name ? [{ name, protocol, port: containerPort }] : []))),
  };
}

const wellKnown: Readonly<Record<string, number>> = { dns: 53, 'dns-tcp': 53 };

/**
 * The cluster's name server has no pod here. Policies are written for one, so it counts as the pod that stands behind
 * Service kube-dns everywhere else: in kube-system, labelled k8s-app=kube-dns, on port 53.
 */
export function nameServerPods(slices: readonly EndpointSlice[]): PolicyPod[] {
  return slices.filter(({ metadata }) => metadata.namespace === 'kube-system' && metadata.labels?.['kubernetes.io/service-name'] === 'kube-dns')
    .flatMap(({ endpoints, ports }) => (endpoints ?? []).filter(({ targetRef }) => !targetRef).flatMap(({ addresses }) => addresses.map((address) => ({
      namespace: 'kube-system', name: 'kube-dns', labels: { 'k8s-app': 'kube-dns' }, address,
      ports: (ports ?? []).flatMap(({ name = '', protocol = 'TCP', port }) => (port ? [{ name, protocol: protocol as Protocol, port: wellKnown[name] ?? port, listensAt: port }] : [])),
    }))));
}
