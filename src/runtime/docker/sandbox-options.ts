import type { ContainerCreateOptions } from 'dockerode';
import type { SandboxSpec } from '../port';
import { containerName, sandboxLabels } from './labels';
import { nodeImage } from './node';
import { unsharingCapabilities, unsharingCommand } from './own-network';

/** Process 1 of the pod: ends at once when told to, and takes in what loses its parent in a shared process namespace. */
const pause = 'trap "exit 0" TERM INT; while :; do sleep 2147483647 & wait $!; done';

export interface SandboxSetting {
  profile: string;
  /** It makes its network namespace itself. */
  unshares: boolean;
  /** What hostNetwork pods join. */
  nodeContainerId: string | undefined;
  /** Volumes that last while somebody mounts them. */
  heldVolumes: readonly string[];
}

export function sandboxOptions(spec: SandboxSpec, { profile, unshares, nodeContainerId, heldVolumes }: SandboxSetting): ContainerCreateOptions {
  const { servers, searches, options } = spec.dns;
  const network = spec.hostNetwork
    ? { NetworkMode: `container:${nodeContainerId}` }
    : { NetworkMode: unshares ? 'host' : 'none', ...(unshares && { CapDrop: ['ALL'], CapAdd: unsharingCapabilities }), Dns: servers, DnsSearch: searches, DnsOptions: options, ...(spec.sysctls && { Sysctls: spec.sysctls }) };
  return {
    name: containerName(profile, spec, 'sandbox', spec.attempt),
    Image: nodeImage,
    Cmd: unshares ? unsharingCommand(pause) : ['/bin/sh', '-c', pause],
    ...(!spec.hostNetwork && { Hostname: spec.hostname }),
    Labels: sandboxLabels(profile, spec),
    HostConfig: {
      ...network,
      IpcMode: spec.hostIPC ? 'host' : 'shareable',
      ...(spec.hostPID && { PidMode: 'host' }),
      LogConfig: { Type: 'none', Config: {} },
      Mounts: heldVolumes.map((name) => ({ Type: 'volume', Source: name, Target: `/volumes/${name}` })),
    },
  };
}
