import type { ConfigMap, Endpoints, Namespace, Service } from '../../../api/generated/core.v1';
import type { EndpointSlice } from '../../../api/generated/discovery.v1';
import type { PriorityClass } from '../../../api/generated/scheduling.v1';
import { apiServiceIP, dnsServiceIP } from '../cidrs';

/** The namespaces that every cluster has (k8s.io/kubernetes/pkg/controlplane). */
export const namespaces = ['default', 'kube-system', 'kube-public', 'kube-node-lease'];

export const namespaceObject = (name: string): Namespace => ({
  apiVersion: 'v1', kind: 'Namespace', metadata: { name }, spec: {},
});

/** The classes that every cluster has (k8s.io/kubernetes/pkg/apis/scheduling). */
export const priorityClasses: readonly PriorityClass[] = [
  {
    metadata: { name: 'system-node-critical' }, value: 2_000_001_000,
    description: 'Used for system critical pods that must not be moved from their current node.',
  },
  {
    metadata: { name: 'system-cluster-critical' }, value: 2_000_000_000,
    description: 'Used for system critical pods that must run in the cluster, but can be moved to another node if necessary.',
  },
];

const apiServerLabels = { component: 'apiserver', provider: 'kubernetes' };

/** Service `kubernetes` in default: how pods reach the API. */
export const apiService: Service = {
  apiVersion: 'v1',
  kind: 'Service',
  metadata: { name: 'kubernetes', namespace: 'default', labels: apiServerLabels },
  spec: {
    type: 'ClusterIP',
    clusterIP: apiServiceIP,
    clusterIPs: [apiServiceIP],
    ipFamilies: ['IPv4'],
    ipFamilyPolicy: 'SingleStack',
    sessionAffinity: 'None',
    ports: [{ name: 'https', protocol: 'TCP', port: 443, targetPort: 443 }],
  },
};

/** PEM: whom API servers behind this one may trust. */
export interface Authorities {
  /** Signs clients. */
  readonly clients: string;
  /** Signs whoever may speak for them. */
  readonly frontProxies: string;
  readonly frontProxyName: string;
}

/** What API servers behind this one read to know who asks them. Source: ClusterAuthenticationInfo of k8s.io/kubernetes/pkg/controlplane/controller/clusterauthenticationtrust. */
export const authenticationConfig = ({ clients, frontProxies, frontProxyName }: Authorities): ConfigMap => ({
  apiVersion: 'v1',
  kind: 'ConfigMap',
  metadata: { name: 'extension-apiserver-authentication', namespace: 'kube-system' },
  data: {
    'client-ca-file': clients,
    'requestheader-allowed-names': JSON.stringify([frontProxyName]),
    'requestheader-client-ca-file': frontProxies,
    'requestheader-extra-headers-prefix': '["X-Remote-Extra-"]',
    'requestheader-group-headers': '["X-Remote-Group"]',
    'requestheader-username-headers': '["X-Remote-User"]',
  },
});

/** No selector: the daemon itself is the endpoint. */
export const apiEndpoints = (address: string, port: number): Endpoints => ({
  apiVersion: 'v1',
  kind: 'Endpoints',
  metadata: { name: 'kubernetes', namespace: 'default', labels: { 'endpointslice.kubernetes.io/skip-mirror': 'true' } },
  subsets: [{ addresses: [{ ip: address }], ports: [{ name: 'https', port, protocol: 'TCP' }] }],
});

export const apiEndpointSlice = (address: string, port: number): EndpointSlice => ({
  apiVersion: 'discovery.k8s.io/v1',
  kind: 'EndpointSlice',
  metadata: { name: 'kubernetes', namespace: 'default', labels: { 'kubernetes.io/service-name': 'kubernetes' } },
  addressType: 'IPv4',
  endpoints: [{ addresses: [address], conditions: { ready: true } }],
  ports: [{ name: 'https', port, protocol: 'TCP' }],
});

/** The name server runs in the daemon; the Service gives it the address that pods' resolv.conf names. */
export const dnsService: Service = {
  apiVersion: 'v1',
  kind: 'Service',
  metadata: {
    name: 'kube-dns',
    namespace: 'kube-system',
    labels: { 'k8s-app': 'kube-dns', 'kubernetes.io/cluster-service': 'true', 'kubernetes.io/name': 'CoreDNS' },
  },
  spec: {
    type: 'ClusterIP',
    clusterIP: dnsServiceIP,
    clusterIPs: [dnsServiceIP],
    ipFamilies: ['IPv4'],
    ipFamilyPolicy: 'SingleStack',
    sessionAffinity: 'None',
    ports: [
      { name: 'dns', protocol: 'UDP', port: 53, targetPort: 53 },
      { name: 'dns-tcp', protocol: 'TCP', port: 53, targetPort: 53 },
    ],
  },
};
