import { getEntry } from '../../registry';
import { replyWith } from './reply';
import type { VerbHandler } from './verb';

export const get: VerbHandler = (exchange, { registry, kind, namespace, name }) =>
  replyWith(exchange, registry, kind, getEntry(registry, kind, namespace, name!));
