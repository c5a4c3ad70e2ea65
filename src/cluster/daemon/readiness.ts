import type { Node } from '../../api/generated/core.v1';
import type { Client, Resource } from '../../client/client';

const nodes: Resource = { group: '', version: 'v1', plural: 'nodes', namespaced: false };

/** Resolves when the Node reports Ready. Waits as long as it takes: the command that asked shows the step. */
export async function nodeReady(client: Client, name: string): Promise<void> {
  const stop = new AbortController();
  const fieldSelector = `metadata.name=${name}`;
  const { items, metadata } = await client.list<Node>(nodes, { fieldSelector });
  if (items.some(isReady)) return;
  const options = { fieldSelector, resourceVersion: metadata.resourceVersion ?? '0', signal: stop.signal };
  for await (const event of client.watch<Node>(nodes, options)) {
    if (event.type !== 'BOOKMARK' && event.type !== 'DELETED' && isReady(event.object)) break;
  }
  stop.abort();
}

const isReady = (node: Node): boolean =>
  node.status?.conditions?.some((condition) => condition.type === 'Ready' && condition.status === 'True') ?? false;
