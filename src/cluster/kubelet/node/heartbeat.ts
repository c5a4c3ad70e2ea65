import type { Clock } from '../../../api/clock';
import type { Lease } from '../../../api/generated/coordination.v1';
import type { Client } from '../../../client/client';
import type { Runtime, RuntimeInfo } from '../../../runtime/port';
import { renewEveryMs, renewLease } from './lease';
import type { NodeIdentity } from './node-object';
import { refreshNode } from './registration';

export interface HeartbeatOptions {
  client: Client;
  runtime: Runtime;
  clock: Clock;
  identity: NodeIdentity;
  nodeUid: string | undefined;
  info: RuntimeInfo;
  log: (line: string) => void;
}

/** Without a change the whole status is written this often, as upstream's nodeStatusReportFrequency. */
const reportEveryMs = 300_000;

/** Keeps the node alive in the API: the lease each ten seconds; the status when the runtime goes or comes, and now and then. Returns what ends it. */
export function startHeartbeat({ client, runtime, clock, identity, nodeUid, info, log }: HeartbeatOptions): () => void {
  let lease: Lease | undefined;
  let problem: string | undefined;
  let reportedAtMs = clock.now();
  let isStopped = false;
  let cancel: () => void = () => undefined;

  const beat = async () => {
    try {
      const before = problem;
      problem = await runtime.info().then(() => undefined, (error: Error) => `container runtime is down: ${error.message}`);
      if (isStopped) return;
      lease = await renewLease(client, identity.name, nodeUid, lease, clock.now());
      if (problem === before && clock.now() - reportedAtMs < reportEveryMs) return;
      await refreshNode(client, identity, info, problem, clock.now());
      reportedAtMs = clock.now();
    } catch (error) {
      if (!isStopped) log(`node ${identity.name}: cannot renew: ${error instanceof Error ? error.message : String(error)}`);
    } finally {
      if (!isStopped) cancel = clock.schedule(renewEveryMs, () => void beat());
    }
  };
  void beat();
  return () => {
    isStopped = true;
    cancel();
  };
}
