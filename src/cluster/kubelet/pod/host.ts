import type { Clock } from '../../../api/clock';
import type { Pod } from '../../../api/generated/core.v1';
import type { Client } from '../../../client/client';
import type { NodeNetwork, Runtime } from '../../../runtime/port';
import type { PodPlace } from '../env/fields';
import type { ClusterDns } from '../spec/dns';
import type { Sources } from '../sources';
import type { PodEvents } from './events';
import type { Images } from './images';
import type { PodAddresses } from './ips';

/** What all pods of one node share. */
export interface Host {
  readonly nodeName: string;
  readonly client: Client;
  readonly runtime: Runtime;
  readonly network: NodeNetwork;
  readonly clock: Clock;
  readonly dns: ClusterDns;
  readonly sources: Sources;
  readonly events: PodEvents;
  readonly images: Images;
  readonly addresses: PodAddresses;
  readonly nodeMemoryBytes: number;
  readonly allocatable: Readonly<Record<string, string>>;
  /** Resolves when nobody is led to a pod that ends any more, soon. */
  readonly untilWithdrawn: (pod: Pod) => Promise<void>;
  readonly log: (line: string) => void;
}

export const placeOf = (host: Host, podIP: string | undefined): PodPlace =>
  ({ hostIP: host.network.address, allocatable: host.allocatable, ...(podIP !== undefined && { podIP }) });
