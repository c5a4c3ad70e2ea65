import { readEntry } from '../../registry';
import { parseResourceVersion, tooLarge } from '../../registry/resource-version';
import { replyWith } from './reply';
import type { VerbHandler } from './verb';

export const get: VerbHandler = async (exchange, { registry, kind, namespace, name }) => {
  const atLeast = parseResourceVersion(exchange.info.query.get('resourceVersion') ?? undefined);
  if (atLeast > registry.store.revision) throw tooLarge(atLeast, registry.store);
  return replyWith(exchange, registry, kind, await readEntry(registry, kind, namespace, name!));
};
