import type { Service, ServiceSpec } from '../../../src/api/generated/core.v1';
import type { Endpoint, EndpointPort, EndpointSlice } from '../../../src/api/generated/discovery.v1';

export function service(name: string, spec: ServiceSpec, namespace = 'default'): Service {
  return { apiVersion: 'v1', kind: 'Service', metadata: { name, namespace }, spec };
}

export function slice(of: string, ports: EndpointPort[], endpoints: Endpoint[], namespace = 'default'): EndpointSlice {
  return {
    apiVersion: 'discovery.k8s.io/v1', kind: 'EndpointSlice',
    metadata: { name: `${of}-1`, namespace, labels: { 'kubernetes.io/service-name': of } },
    addressType: 'IPv4', ports, endpoints,
  };
}

export function endpoint(address: string, nodeName = 'n1', conditions: Endpoint['conditions'] = { ready: true, serving: true, terminating: false }): Endpoint {
  return { addresses: [address], nodeName, conditions };
}

export const terminating: Endpoint['conditions'] = { ready: false, serving: true, terminating: true };
export const unready: Endpoint['conditions'] = { ready: false, serving: false, terminating: false };
