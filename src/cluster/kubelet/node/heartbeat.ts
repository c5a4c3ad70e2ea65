import type { Clock } from '../../../api/clock';
import { deepEqual } from '../../../api/equal';
import type { Lease } from '../../../api/generated/coordination.v1';
import type { ContainerImage } from '../../../api/generated/core.v1';
import type { Client } from '../../../client/client';
import type { NodeNetwork, Runtime, RuntimeInfo } from '../../../runtime/port';
import { renewEveryMs, renewLease } from './lease';
import { nodeImages } from './images';
import type { NodeIdentity } from './node-object';
import { refreshNode } from './registration';

export interface HeartbeatOptions {
  client: Client;
  runtime: Runtime;
  clock: Clock;
  /** Its address changes where its network was made anew. */
  network: Pick<NodeNetwork, 'address' | 'onReset'>;
  node: Omit<NodeIdentity, 'address' | 'images'>;
  nodeUid: string | undefined;
  info: RuntimeInfo;
  log: (line: string) => void;
}

/** Without a change the whole status is written this often, as upstream's nodeStatusReportFrequency. */
const reportEveryMs = 300_000;

interface Told {
  readonly problem?: string | undefined;
  readonly address: string;
  readonly images: ContainerImage[];
}

/** Keeps the node alive in the API: the lease each ten seconds; the status when the runtime goes or comes, when the node has another address or other images, and now and then. Returns what ends it. */
export function startHeartbeat({ client, runtime, clock, network, node, nodeUid, info, log }: HeartbeatOptions): () => void {
  let lease: Lease | undefined;
  let told: Told = { address: network.address, images: [] };
  let reportedAtMs = clock.now();
  let isStopped = false;
  let cancel: () => void = () => undefined;
  let beating = Promise.resolve();

  const beat = async () => {
    try {
      const problem = await runtime.info().then(() => undefined, (error: Error) => `container runtime is down: ${error.message}`);
      if (isStopped) return;
      lease = await renewLease(client, node.name, nodeUid, lease, clock.now());
      const { address } = network;
      const images = await runtime.images(node.name).then(nodeImages, () => told.images);
      if (deepEqual({ problem, address, images }, told) && clock.now() - reportedAtMs < reportEveryMs) return;
      await refreshNode(client, { ...node, address, images }, info, problem, clock.now());
      reportedAtMs = clock.now();
      told = { problem, address, images };
    } catch (error) {
      if (!isStopped) log(`node ${node.name}: cannot renew: ${error instanceof Error ? error.message : String(error)}`);
    } finally {
      cancel();
      if (!isStopped) cancel = clock.schedule(renewEveryMs, next);
    }
  };
  /** After the one before, which may have begun with what was. */
  const next = () => {
    beating = beating.then(() => (isStopped ? undefined : beat()));
  };
  next();
  network.onReset?.(() => {
    if (network.address !== told.address) next();
    return Promise.resolve();
  });
  return () => {
    isStopped = true;
    cancel();
  };
}
