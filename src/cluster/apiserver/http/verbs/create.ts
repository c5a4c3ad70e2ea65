import { createEntry } from '../../registry';
import { writeContext } from '../write-context';
import { decodeBody } from './decode';
import { replyWith, replyWithObject, schemaOf } from './reply';
import type { VerbHandler } from './verb';

export const create: VerbHandler = async (exchange, { registry, kind, namespace }) => {
  const context = writeContext(exchange, 'CreateOptions');
  const given = await decodeBody(exchange, kind, context);
  const created = await createEntry(registry, kind, namespace, given, context);
  const { object } = created;
  return object.kind === kind.kind ? replyWith(exchange, registry, kind, created, 201) : replyWithObject(exchange, object, schemaOf(object, kind.schema), 201);
};
