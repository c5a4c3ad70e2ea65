import { ApiError, methodNotAllowed } from '../../../api/errors';
import type { Kind, Subresource, Verb } from '../../../kinds/kind';
import { Entry } from '../../store';
import { subresourceHandlers, type Registry } from '../registry';
import type { Answer, SubresourceHandler } from '../registry/subresources';
import type { Exchange, Reply } from './exchange';
import { negotiate, offerOf, plainOffer, type Offer } from './media-type';
import { pageNotFound } from './paths/json';
import type { ResourceRequest } from './request-info';
import { decodeBody } from './verbs/decode';
import { readPatch } from './verbs/patch';
import { replyWith, replyWithObject, schemaOf } from './verbs/reply';
import { verbHandlers } from './verbs';
import type { VerbTarget } from './verbs/verb';
import { writeContext } from './write-context';

/** Subresources that stream, by name; their kinds are checked before they are called. */
export type StreamHandlers = Partial<Record<Subresource, (exchange: Exchange, target: VerbTarget, rest: string | undefined) => Promise<Reply | void>>>;

/** Wording: the service error handler of upstream's routes. */
const noSuchResource = () => new ApiError('NotFound', 'the server could not find the requested resource', {});

/** Answers a request for a resource. Throws ApiError. */
export async function routeResource(registry: Registry, streams: StreamHandlers, exchange: Exchange, of: ResourceRequest): Promise<Reply | void> {
  const kind = registry.kinds.find(of);
  if (!kind) {
    if (registry.kinds.all().some(({ group, version }) => group === of.group && version === of.version)) throw noSuchResource();
    return pageNotFound();
  }
  const target = { registry, kind, namespace: kind.namespaced ? of.namespace : undefined, name: of.name };
  assertScope(kind, of, exchange);
  if (kind.deprecation) exchange.warnings.push(kind.deprecation);
  if (of.subresource === undefined) return routeVerb(exchange, target);
  return routeSubresource(exchange, target, streams, of);
}

function assertScope(kind: Kind, { namespace, name, resource }: ResourceRequest, { info }: Exchange): void {
  if (!kind.namespaced) {
    if (namespace !== undefined && resource !== 'namespaces') throw noSuchResource();
    return;
  }
  if (namespace !== undefined) return;
  if (name !== undefined) throw noSuchResource();
  if (info.verb !== 'list' && info.verb !== 'watch') throw methodNotAllowed();
}

function routeVerb(exchange: Exchange, target: VerbTarget) {
  const verb = exchange.info.verb as Verb;
  const handler = verbHandlers[verb];
  const isOffered = !target.kind.verbs || target.kind.verbs.includes(verb);
  const isOnOne = ['get', 'update', 'patch', 'delete'].includes(verb);
  const fits = verb === 'watch' || isOnOne === (target.name !== undefined);
  if (!handler || !isOffered || !fits) throw methodNotAllowed();
  assertAcceptable(exchange, offerOf(target.kind));
  return handler(exchange, target);
}

/** Throws NotAcceptable before anything is done: nothing is written that cannot be answered. */
function assertAcceptable({ request }: Exchange, offer: Offer): void {
  negotiate(request.headers.accept, offer);
}

async function routeSubresource(exchange: Exchange, target: VerbTarget, streams: StreamHandlers, { subresource, rest }: ResourceRequest): Promise<Reply | void> {
  const offered = target.kind.subresources?.find((name) => name === subresource);
  if (!offered) throw noSuchResource();
  const stream = streams[offered];
  if (stream) return stream(exchange, target, rest);
  const handler = subresourceHandlers[offered];
  if (!handler) throw noSuchResource();
  assertAcceptable(exchange, !handler.type || handler.type.columns ? offerOf(target.kind) : plainOffer);
  const answer = await answerSubresource(exchange, target, handler);
  return replyWithAnswer(exchange, target, handler, answer);
}

async function answerSubresource(exchange: Exchange, target: VerbTarget, handler: SubresourceHandler): Promise<Answer> {
  const at = { ...target, name: target.name! };
  const { verb } = exchange.info;
  if (verb === 'get' && handler.get) return handler.get(at);
  const type = handler.type ?? target.kind;
  if (verb === 'create' && handler.create) {
    const context = writeContext(exchange, 'CreateOptions');
    return handler.create(at, await decodeBody(exchange, type, context), context);
  }
  if (verb === 'update' && handler.update) {
    const context = writeContext(exchange, 'UpdateOptions');
    return handler.update(at, await decodeBody(exchange, type, context), context);
  }
  if (verb === 'patch' && handler.patch) return handler.patch(at, await readPatch(exchange), writeContext(exchange, 'PatchOptions'));
  throw methodNotAllowed();
}

function replyWithAnswer(exchange: Exchange, { registry, kind }: VerbTarget, { type }: SubresourceHandler, { object, code }: Answer): Promise<Reply> {
  if (!type) return replyWith(exchange, registry, kind, Entry.ofObject('', 0, object), code);
  if (type.columns) return replyWith(exchange, registry, { ...kind, ...type, columns: type.columns }, Entry.ofObject('', 0, object), code);
  return replyWithObject(exchange, object, schemaOf(object, type.schema), code);
}
