import { createHash } from 'node:crypto';
import type { ContainerImage, Node, NodeStatus } from '../../../api/generated/core.v1';
import { kubernetesVersion } from '../../../api/version';
import type { RuntimeInfo } from '../../../runtime/port';
import { nodeConditions } from './conditions';

export interface NodeIdentity {
  name: string;
  podCIDR: string;
  address: string;
  /** Overrides what the runtime says it has. */
  capacity?: Readonly<Record<string, string>>;
  /** Those that it has; absent: they are not known now. */
  images?: ContainerImage[];
}

const maxPods = 110;

export function nodeObject(identity: NodeIdentity, info: RuntimeInfo, nowMs: number): Node {
  const labels = {
    'kubernetes.io/hostname': identity.name,
    'kubernetes.io/arch': info.architecture,
    'kubernetes.io/os': 'linux',
    'beta.kubernetes.io/arch': info.architecture,
    'beta.kubernetes.io/os': 'linux',
  };
  return {
    apiVersion: 'v1', kind: 'Node',
    metadata: { name: identity.name, labels },
    spec: { podCIDR: identity.podCIDR, podCIDRs: [identity.podCIDR] },
    status: nodeStatus(identity, info, undefined, undefined, nowMs),
  };
}

export function nodeStatus(identity: NodeIdentity, info: RuntimeInfo, old: NodeStatus | undefined, problem: string | undefined, nowMs: number): NodeStatus {
  const capacity = { ...defaultCapacity(info), ...identity.capacity };
  return {
    ...old,
    capacity,
    allocatable: { ...capacity },
    conditions: nodeConditions(old?.conditions, problem, nowMs),
    addresses: [{ type: 'InternalIP', address: identity.address }, { type: 'Hostname', address: identity.name }],
    ...(identity.images && { images: identity.images }),
    daemonEndpoints: { kubeletEndpoint: { Port: 10250 } },
    nodeInfo: {
      machineID: stableId(`machine ${identity.name}`).replaceAll('-', ''),
      systemUUID: stableId(`system ${identity.name}`),
      bootID: old?.nodeInfo?.bootID || stableId(`boot ${identity.name} ${nowMs}`),
      kernelVersion: info.kernelVersion,
      osImage: info.osImage,
      containerRuntimeVersion: info.version,
      kubeletVersion: kubernetesVersion.gitVersion,
      kubeProxyVersion: kubernetesVersion.gitVersion,
      operatingSystem: 'linux',
      architecture: info.architecture,
    },
  };
}

function defaultCapacity({ cpus, memoryBytes }: RuntimeInfo): Record<string, string> {
  return {
    cpu: String(cpus),
    memory: `${Math.floor(memoryBytes / 1024)}Ki`,
    pods: String(maxPods),
    'ephemeral-storage': '100Gi',
    'hugepages-1Gi': '0',
    'hugepages-2Mi': '0',
  };
}

/** In the form of a UUID, the same for the same text. */
function stableId(text: string): string {
  const hex = createHash('sha256').update(text).digest('hex');
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20, 32)].join('-');
}
