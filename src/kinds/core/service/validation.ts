import type { FieldError } from '../../../api/errors';
import type { Service, ServicePort, ServiceSpec } from '../../../api/generated/core.v1';
import {
  duplicate, forbiddenField, invalidEach, invalidValue, isDNS1123Label, isDNS1123Subdomain, isPortNum, isQualifiedName, nameIsDNS1035Label,
  notSupported, required, ShownAs, validateLabels, validateObjectMeta, type Path,
} from '../../../api/validation';
import { isCIDR, isIP, mustBeIP, nonSpecialMessages } from '../../addresses';
import { validatePort as validatePortNumberOrName } from '../../pods/validation/probes';
import { duplicates, each, oneOf } from '../../validating';
import { validateClusterIPs } from './cluster-ips';
import { needsExternalTrafficPolicy, needsHealthCheckNodePort } from './type-change';

export { validateServiceUpdate } from './cluster-ips';

const types = ['ClusterIP', 'ExternalName', 'LoadBalancer', 'NodePort'];
const kubeletPort = 10250;
const affinityMaxSeconds = 86400;

function validatePort(port: ServicePort, needsName: boolean, path: Path): FieldError[] {
  const { name, protocol, targetPort = 0, appProtocol } = port;
  return [
    ...(name ? invalidEach(`${path}.name`, name, isDNS1123Label(name)) : needsName ? [required(`${path}.name`)] : []),
    ...invalidEach(`${path}.port`, port.port, isPortNum(port.port)),
    ...oneOf(protocol, ['SCTP', 'TCP', 'UDP'], `${path}.protocol`),
    ...validatePortNumberOrName(targetPort, `${path}.targetPort`),
    ...(appProtocol ? invalidEach(`${path}.appProtocol`, appProtocol, isQualifiedName(appProtocol)) : []),
  ];
}

/** A port without more than these two, in Go's `%#v`. */
const shownPort = ({ protocol, port }: ServicePort) => new ShownAs(
  `core.ServicePort{Name:"", Protocol:"${protocol}", AppProtocol:(*string)(nil), Port:${port}, TargetPort:intstr.IntOrString{Type:0, IntVal:0, StrVal:""}, NodePort:0}`);

function repeatedPorts(ports: readonly ServicePort[], path: Path): FieldError[] {
  const seen = (key: (port: ServicePort) => string | undefined) => ports.map((port, i) => {
    const own = key(port);
    return own !== undefined && ports.findIndex((other) => key(other) === own) < i;
  });
  const nodePorts = seen(({ protocol, nodePort }) => nodePort ? `${protocol}/${nodePort}` : undefined);
  const numbers = seen(({ protocol, port }) => `${protocol}/${port}`);
  return [
    ...duplicates(ports.map(({ name }) => name), (i) => `${path}[${i}].name`),
    ...ports.flatMap(({ nodePort }, i) => nodePorts[i] ? [duplicate(`${path}[${i}].nodePort`, nodePort)] : []),
    ...ports.flatMap((port, i) => numbers[i] ? [duplicate(`${path}[${i}]`, shownPort(port))] : []),
  ];
}

function validatePorts({ ports = [], type }: ServiceSpec, path: Path): FieldError[] {
  return [
    ...each(ports, path, (port, at) => validatePort(port, ports.length > 1, at)),
    ...each(ports, path, ({ nodePort }, at) => type === 'ClusterIP' && nodePort
      ? [forbiddenField(`${at}.nodePort`, "may not be used when `type` is 'ClusterIP'")] : []),
    ...repeatedPorts(ports, path),
  ];
}

const isHeadless = ({ clusterIPs }: ServiceSpec) => clusterIPs?.length === 1 && clusterIPs[0] === 'None';

const headlessRefused = (spec: ServiceSpec): FieldError[] => isHeadless(spec)
  ? [invalidValue('spec.clusterIPs[0]', 'None', `may not be set to 'None' for ${spec.type} services`)] : [];

const byType: Record<string, (spec: ServiceSpec) => FieldError[]> = {
  LoadBalancer: (spec) => [
    ...each(spec.ports, 'spec.ports', ({ port }, at) => port === kubeletPort
      ? [invalidValue(at, port, `may not expose port ${kubeletPort} externally since it is used by kubelet`)] : []),
    ...headlessRefused(spec),
  ],
  NodePort: headlessRefused,
  ExternalName: (spec) => {
    const domain = (spec.externalName ?? '').replace(/\.$/, '');
    return [
      ...(['clusterIPs', 'ipFamilies', 'ipFamilyPolicy'] as const).filter((field) => spec[field]?.length || (field === 'clusterIPs' && spec.clusterIP))
        .map((field) => forbiddenField(`spec.${field}`, 'may not be set for ExternalName services')),
      ...(domain ? invalidEach('spec.externalName', domain, isDNS1123Subdomain(domain)) : [required('spec.externalName')]),
    ];
  },
};

function validateAffinity({ sessionAffinity, sessionAffinityConfig }: ServiceSpec): FieldError[] {
  const path = 'spec.sessionAffinityConfig.clientIP.timeoutSeconds';
  const seconds = sessionAffinityConfig?.clientIP?.timeoutSeconds;
  return [
    ...oneOf(sessionAffinity, ['ClientIP', 'None'], 'spec.sessionAffinity'),
    ...(sessionAffinity === 'ClientIP' && seconds !== undefined && (seconds <= 0 || seconds > affinityMaxSeconds)
      ? [invalidValue(path, seconds, `must be greater than 0 and less than ${affinityMaxSeconds}`)] : []),
  ];
}

function validateExternal(spec: ServiceSpec): FieldError[] {
  const { externalTrafficPolicy: policy, internalTrafficPolicy, healthCheckNodePort, loadBalancerSourceRanges: ranges, type } = spec;
  const policies = ['Cluster', 'Local'];
  const shownRanges = `[${(ranges ?? []).join(' ')}]`;
  return [
    ...each(spec.externalIPs, 'spec.externalIPs', (ip, at) => invalidEach(at, ip, isIP(ip) ? nonSpecialMessages(ip) : [mustBeIP])),
    ...(ranges?.length && type !== 'LoadBalancer' ? [forbiddenField('spec.LoadBalancerSourceRanges', "may only be used when `type` is 'LoadBalancer'")] : []),
    ...(ranges?.every((range) => isCIDR(range.trim())) ?? true ? []
      : [invalidValue('spec.LoadBalancerSourceRanges', shownRanges, 'must be a list of IP ranges. For example, 10.240.0.0/24,10.250.0.0/24 ')]),
    ...(spec.allocateLoadBalancerNodePorts !== undefined && type !== 'LoadBalancer'
      ? [forbiddenField('spec.allocateLoadBalancerNodePorts', "may only be used when `type` is 'LoadBalancer'")] : []),
    ...(spec.loadBalancerClass !== undefined && type !== 'LoadBalancer'
      ? [forbiddenField('spec.loadBalancerClass', "may only be used when `type` is 'LoadBalancer'")] : []),
    ...(needsExternalTrafficPolicy(spec)
      ? (policy && !policies.includes(policy) ? [notSupported('spec.externalTrafficPolicy', policy, policies)] : [])
      : policy ? [invalidValue('spec.externalTrafficPolicy', policy, 'may only be set for externally-accessible services')] : []),
    ...(healthCheckNodePort && !needsHealthCheckNodePort(spec) ? [invalidValue('spec.healthCheckNodePort', healthCheckNodePort,
      "may only be set when `type` is 'LoadBalancer' and `externalTrafficPolicy` is 'Local'")] : []),
    ...(internalTrafficPolicy !== undefined && !policies.includes(internalTrafficPolicy)
      ? [notSupported('spec.internalTrafficPolicy', internalTrafficPolicy, policies)] : []),
  ];
}

/** After ValidateService. Addresses and node ports that the server hands out are there already or come yet. */
export function validateService({ metadata, spec }: Service): FieldError[] {
  const needsPorts = !isHeadless(spec) && spec.type !== 'ExternalName';
  return [
    ...validateObjectMeta(metadata, true, nameIsDNS1035Label),
    ...(needsPorts && !spec.ports?.length ? [required('spec.ports')] : []),
    ...byType[spec.type ?? '']?.(spec) ?? [],
    ...validatePorts(spec, 'spec.ports'),
    ...validateLabels(spec.selector, 'spec.selector'),
    ...validateAffinity(spec),
    ...validateClusterIPs(spec),
    ...oneOf(spec.type, types, 'spec.type'),
    ...validateExternal(spec),
  ];
}
