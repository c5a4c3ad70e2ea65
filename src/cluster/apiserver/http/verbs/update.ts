import { badRequest } from '../../../../api/errors';
import { putEntry } from '../../registry';
import { writeContext } from '../write-context';
import { decodeBody } from './decode';
import { replyWith } from './reply';
import type { VerbHandler } from './verb';

export const update: VerbHandler = async (exchange, { registry, kind, namespace, name }) => {
  const context = writeContext(exchange, 'UpdateOptions');
  const object = await decodeBody(exchange, kind, context);
  // Wording: checkName in handlers/rest.go.
  if (!object.metadata.name) throw badRequest('name must be provided');
  const { entry, created } = await putEntry(registry, kind, namespace, name!, object, context);
  return replyWith(exchange, registry, kind, entry, created ? 201 : 200);
};
