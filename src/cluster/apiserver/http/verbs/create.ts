import { createEntry } from '../../registry';
import { writeContext } from '../write-context';
import { decodeBody } from './decode';
import { replyWith } from './reply';
import type { VerbHandler } from './verb';

export const create: VerbHandler = async (exchange, { registry, kind, namespace }) => {
  const context = writeContext(exchange, 'CreateOptions');
  const object = await decodeBody(exchange, kind, context);
  return replyWith(exchange, registry, kind, await createEntry(registry, kind, namespace, object, context), 201);
};
