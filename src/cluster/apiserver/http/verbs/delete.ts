import { badRequest } from '../../../../api/errors';
import { decodeObject } from '../../../../api/decode';
import type { DeleteOptions, Unstructured } from '../../../../api/meta';
import type { Kind } from '../../../../kinds/kind';
import { deleteCollection, deleteEntry, hooksOf, type Deleted, type WriteContext } from '../../registry';
import { readBody } from '../body';
import type { Exchange } from '../exchange';
import { bodyFormat } from '../media-type';
import { isTrue } from '../request-info';
import { integerOf, isDryRun, writeContext } from '../write-context';
import { listQuery, replyWithList } from './list';
import { replyWith, replyWithObject } from './reply';
import type { VerbHandler } from './verb';

const schemas = 'io.k8s.apimachinery.pkg.apis.meta.v1.';

export const remove: VerbHandler = async (exchange, { registry, kind, namespace, name }) => {
  const options = await readDeleteOptions(exchange);
  const context = deleteContext(exchange, options);
  const deleted = await deleteEntry(registry, kind, namespace, name!, options, context);
  // Accepted is kept for clients that ask for a cascade in the old way.
  const code = !deleted.removed && options.orphanDependents === false ? 202 : 200;
  if (!deleted.removed || hooksOf(registry, kind).returnsDeleted) return replyWith(exchange, registry, kind, deleted.entry, code);
  return replyWithObject(exchange, success(kind, name!, deleted), `${schemas}Status`, code);
};

export const removeCollection: VerbHandler = async (exchange, { registry, kind, namespace }) => {
  const options = await readDeleteOptions(exchange);
  const context = deleteContext(exchange, options);
  const query = listQuery(exchange.info.query, namespace);
  return replyWithList(exchange, registry, kind, await deleteCollection(registry, kind, query, options, context));
};

const deleteContext = (exchange: Exchange, options: DeleteOptions): WriteContext =>
  ({ ...writeContext(exchange, 'DeleteOptions'), dryRun: isDryRun([...(options.dryRun ?? [])], 'DeleteOptions'), options: { ...options } });

function success({ group, plural }: Kind, name: string, { entry }: Deleted): Unstructured {
  const { uid } = entry.object.metadata;
  const details = { name, ...(group && { group }), kind: plural, ...(uid && { uid }) };
  return { kind: 'Status', apiVersion: 'v1', metadata: {}, status: 'Success', details } as unknown as Unstructured;
}

/** From the body, else from the query. */
async function readDeleteOptions({ request, info: { query }, audit }: Exchange): Promise<DeleteOptions> {
  const body = await readBody(request);
  if (!body.length) return queryOptions(query);
  const { object } = await decodeObject(body, bodyFormat(request.headers['content-type']), `${schemas}DeleteOptions`);
  audit?.requested(object);
  if (object.kind && object.kind !== 'DeleteOptions') throw badRequest('decoded object cannot be converted to DeleteOptions');
  const { dryRun, ...options } = object as unknown as DeleteOptions;
  const asked = [...(dryRun ?? []), ...query.getAll('dryRun')];
  return { ...options, ...(asked.length > 0 && { dryRun: asked }) };
}

function queryOptions(query: URLSearchParams): DeleteOptions {
  const grace = integerOf(query, 'gracePeriodSeconds');
  const policy = query.get('propagationPolicy');
  const dryRun = query.getAll('dryRun');
  return {
    ...(grace !== undefined && { gracePeriodSeconds: grace }),
    ...(policy && { propagationPolicy: policy as NonNullable<DeleteOptions['propagationPolicy']> }),
    ...(query.has('orphanDependents') && { orphanDependents: isTrue(query.get('orphanDependents')) }),
    ...(dryRun.length > 0 && { dryRun }),
  };
}
