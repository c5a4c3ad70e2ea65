import { readEntry } from '../../registry';
import { replyWith } from './reply';
import type { VerbHandler } from './verb';

export const get: VerbHandler = async (exchange, { registry, kind, namespace, name }) =>
  replyWith(exchange, registry, kind, await readEntry(registry, kind, namespace, name!));
