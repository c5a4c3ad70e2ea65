import { microTimestamp } from '../../../api/clock';
import { isReason } from '../../../api/errors';
import type { Lease } from '../../../api/generated/coordination.v1';
import type { Client } from '../../../client/client';
import { leases } from '../resources';

const leaseNamespace = 'kube-node-lease';
export const renewEveryMs = 10_000;
const durationSeconds = 40;

/** Renews the lease that says the node lives; makes it where there is none. Returns it, for the next time. */
export async function renewLease(client: Client, nodeName: string, nodeUid: string | undefined, known: Lease | undefined, nowMs: number): Promise<Lease> {
  const spec = { holderIdentity: nodeName, leaseDurationSeconds: durationSeconds, renewTime: microTimestamp(nowMs) };
  if (known) {
    try {
      return await client.update<Lease>(leases, { ...known, spec });
    } catch (error) {
      if (!isReason(error, 'NotFound', 'Conflict')) throw error;
    }
  }
  const existing = await client.get<Lease>(leases, nodeName, leaseNamespace).catch((error: unknown) => {
    if (isReason(error, 'NotFound')) return undefined;
    throw error;
  });
  if (existing) return client.update<Lease>(leases, { ...existing, spec });
  const owner = nodeUid === undefined ? {} : { ownerReferences: [{ apiVersion: 'v1', kind: 'Node', name: nodeName, uid: nodeUid }] };
  return client.create<Lease>(leases, { apiVersion: 'coordination.k8s.io/v1', kind: 'Lease', metadata: { name: nodeName, namespace: leaseNamespace, ...owner }, spec });
}
