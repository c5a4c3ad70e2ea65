import { deepEqual } from '../../../api/equal';
import { isReason } from '../../../api/errors';
import type { Node } from '../../../api/generated/core.v1';
import type { Client } from '../../../client/client';
import type { RuntimeInfo } from '../../../runtime/port';
import { nodes } from '../resources';
import { nodeObject, nodeStatus, type NodeIdentity } from './node-object';

/** Creates the Node, or brings one that exists up to date: its labels and its status; the rest is its owner's. */
export async function registerNode(client: Client, identity: NodeIdentity, info: RuntimeInfo, nowMs: number): Promise<Node> {
  const wanted = nodeObject(identity, info, nowMs);
  try {
    const made = await client.create<Node>(nodes, wanted);
    // A create may not set status.
    return made.status?.conditions?.length ? made : await writeStatus(client, made, identity, info, undefined, nowMs);
  } catch (error) {
    if (!isReason(error, 'AlreadyExists')) throw error;
  }
  const known = await client.get<Node>(nodes, identity.name);
  const labels = { ...known.metadata.labels, ...wanted.metadata.labels };
  const spec = { ...known.spec, ...wanted.spec };
  const isCurrent = deepEqual(labels, known.metadata.labels) && deepEqual(spec, known.spec);
  const updated = isCurrent ? known : await client.update<Node>(nodes, { ...known, metadata: { ...known.metadata, labels }, spec });
  return writeStatus(client, updated, identity, info, undefined, nowMs);
}

export async function refreshNode(client: Client, identity: NodeIdentity, info: RuntimeInfo, problem: string | undefined, nowMs: number): Promise<void> {
  const known = await client.get<Node>(nodes, identity.name).catch((error: unknown) => {
    if (isReason(error, 'NotFound')) return undefined;
    throw error;
  });
  if (known) await writeStatus(client, known, identity, info, problem, nowMs);
  else await registerNode(client, identity, info, nowMs);
}

async function writeStatus(client: Client, node: Node, identity: NodeIdentity, info: RuntimeInfo, problem: string | undefined, nowMs: number): Promise<Node> {
  const status = nodeStatus(identity, info, node.status, problem, nowMs);
  return client.update<Node>(nodes, { ...node, status }, { subresource: 'status' });
}
