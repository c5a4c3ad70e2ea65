import type { Pod } from '../../../api/generated/core.v1';
import type { PortMapping, SandboxSpec } from '../../../runtime/port';
import { podDns, type ClusterDns } from './dns';
import { podHostname } from './names';
import { runtimeUid } from './uid';

/** Annotations of the pod that the runtime gets to see: knarr's own. */
export function runtimeAnnotations({ metadata }: Pod): Record<string, string> {
  return Object.fromEntries(Object.entries(metadata.annotations ?? {}).filter(([name]) => name.startsWith('knarr.dev/')));
}

export function sandboxSpec(pod: Pod, nodeName: string, attempt: number, ip: string | undefined, dns: ClusterDns): SandboxSpec {
  const { metadata, spec } = pod;
  return {
    podUid: runtimeUid(pod),
    podName: metadata.name,
    namespace: metadata.namespace ?? '',
    nodeName,
    attempt,
    hostname: podHostname(pod),
    ...(ip !== undefined && { ip }),
    ...(spec.hostNetwork && { hostNetwork: true }),
    ...(spec.hostPID && { hostPID: true }),
    ...(spec.hostIPC && { hostIPC: true }),
    ...(spec.shareProcessNamespace && { shareProcessNamespace: true }),
    dns: podDns(pod, dns),
    ...(spec.securityContext?.sysctls && { sysctls: Object.fromEntries(spec.securityContext.sysctls.map(({ name, value }) => [name.replaceAll('/', '.'), value])) }),
    ports: spec.containers.flatMap(({ ports = [] }) => ports.flatMap(({ containerPort, hostPort, hostIP, protocol }): PortMapping[] =>
      (hostPort ? [{ protocol: protocol ?? 'TCP', containerPort, hostPort, ...(hostIP && { hostIP }) }] : []))),
    annotations: runtimeAnnotations(pod),
  };
}
