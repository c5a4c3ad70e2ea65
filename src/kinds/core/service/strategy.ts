import type { Service, ServicePort } from '../../../api/generated/core.v1';
import type { Strategy } from '../../kind';
import { dropFieldsOfOldType, needsExternalTrafficPolicy } from './type-change';
import { validateService, validateServiceUpdate } from './validation';

const affinityTimeoutSeconds = 10800;

function defaultPort(port: ServicePort): void {
  port.protocol ||= 'TCP';
  port.targetPort ||= port.port;
}

function defaultAffinity({ spec }: Service): void {
  spec.sessionAffinity ||= 'None';
  if (spec.sessionAffinity === 'None') delete spec.sessionAffinityConfig;
  else if (spec.sessionAffinityConfig?.clientIP?.timeoutSeconds === undefined) {
    spec.sessionAffinityConfig = { clientIP: { timeoutSeconds: affinityTimeoutSeconds } };
  }
}

function defaultTrafficPolicies({ spec }: Service): void {
  if (['ClusterIP', 'NodePort', 'LoadBalancer'].includes(spec.type ?? '')) spec.internalTrafficPolicy ??= 'Cluster';
  if (needsExternalTrafficPolicy(spec)) spec.externalTrafficPolicy ||= 'Cluster';
}

function defaultLoadBalancer({ spec, status }: Service): void {
  if (spec.type !== 'LoadBalancer') return;
  spec.allocateLoadBalancerNodePorts ??= true;
  for (const ingress of status?.loadBalancer?.ingress ?? []) if (ingress.ip) ingress.ipMode ??= 'VIP';
}

/** After SetDefaults_Service and pkg/registry/core/service/strategy.go. Addresses and node ports are allocated by the API server. */
export const serviceStrategy: Strategy<Service> = {
  setDefaults(service) {
    service.spec.type ||= 'ClusterIP';
    service.spec.ports?.forEach(defaultPort);
    defaultAffinity(service);
    defaultTrafficPolicies(service);
    defaultLoadBalancer(service);
  },
  prepareForCreate(service) {
    service.status = { loadBalancer: {} };
  },
  prepareForUpdate: dropFieldsOfOldType,
  validate: validateService,
  validateUpdate: validateServiceUpdate,
  generationOf: () => undefined,
  allowCreateOnUpdate: true,
};
