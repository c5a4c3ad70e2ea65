import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Descriptions, OpenApiKind } from '../../../../api/openapi';
import { hasTypeSchema } from '../../../../api/schema';
import { merged } from '../../aggregation/merge-openapi';
import type { RemoteOpenApi } from '../../aggregation/remote-openapi';
import type { KindTable } from '../../registry';
import { ApiError } from '../../../../api/errors';
import { kubernetesVersion } from '../../../../api/version';
import type { Exchange, Reply } from '../exchange';
import { parseAccept } from '../media-type';
import { jsonReply, pageNotFound } from './json';

/**
 * /openapi/v2 and /openapi/v3. The descriptions are some megabytes: they are read for the one document that is asked
 * for and forgotten with it, since clients keep the documents by their hash.
 */
export function openapi(kinds: KindTable, descriptionsFile: string | undefined, remote: RemoteOpenApi): (exchange: Exchange) => Promise<Reply> {
  return async (exchange) => {
    const { path, query } = exchange.info;
    if (path === '/openapi/v2') return openApiV2(kinds, descriptionsFile, remote, exchange);
    const documents = await import('../../../../api/openapi');
    if (path === '/openapi/v3') {
      const { paths } = documents.openApiV3Index(described(kinds), kubernetesVersion.gitVersion);
      return tagged(exchange, jsonReply({ paths: { ...paths, ...await remote.v3Paths() } }), {});
    }
    const apiVersion = path.replace(/^\/openapi\/v3\/apis?\//, '');
    const document = await remote.v3(apiVersion) ?? documents.openApiV3(apiVersion, described(kinds), await descriptions(descriptionsFile));
    if (!document) return pageNotFound();
    // A URL with a hash names one content for ever.
    return tagged(exchange, jsonReply(document), query.has('hash') ? { 'cache-control': 'public, immutable' } : {});
  };
}

async function openApiV2(kinds: KindTable, file: string | undefined, remote: RemoteOpenApi, exchange: Exchange): Promise<Reply> {
  const documents = await import('../../../../api/openapi');
  const protobuf = documents.openApiV2Protobuf;
  const isProtobuf = (type: string) => type === protobuf.accept || type === protobuf.contentType;
  const wanted = parseAccept(exchange.request.headers.accept ?? '*/*').map(({ type }) => type)
    .find((type) => isProtobuf(type) || type === 'application/json' || type === '*/*');
  if (!wanted) throw new ApiError('NotAcceptable', `only the following media types are accepted: application/json, ${protobuf.accept}`);
  const document = merged(documents.openApiV2(described(kinds), await descriptions(file)), await remote.v2()) as ReturnType<typeof documents.openApiV2>;
  if (!isProtobuf(wanted)) return tagged(exchange, jsonReply(document), {});
  return tagged(exchange, { code: 200, contentType: protobuf.contentType, body: documents.encodeOpenApiV2(document) }, {});
}

const open = { type: 'object', 'x-kubernetes-preserve-unknown-fields': true };
const anything = { ...open, properties: { spec: open, status: open } };

/** Kinds without a schema may hold anything; their documents say so. */
const described = (kinds: KindTable): OpenApiKind[] =>
  kinds.all().map((kind: OpenApiKind) => (kind.definition || hasTypeSchema(kind.schema) ? kind : { ...kind, definition: anything }));

function tagged({ request }: Exchange, reply: Reply, headers: Record<string, string>): Reply {
  const etag = `"${createHash('sha512').update(reply.body as Buffer).digest('hex').toUpperCase()}"`;
  const all = { ...headers, etag, vary: 'Accept-Encoding,Accept' };
  return request.headers['if-none-match'] === etag ? { ...reply, code: 304, body: Buffer.alloc(0), headers: all } : { ...reply, headers: all };
}

/** Beside the bundle, or where the generator leaves them. */
const places = [join(__dirname, 'descriptions.json'), join(__dirname, '../../../../api/generated/descriptions.json')];

async function descriptions(file: string | undefined): Promise<Descriptions> {
  const found = file ?? places.find((place) => existsSync(place));
  return found ? (JSON.parse(await readFile(found, 'utf8')) as Descriptions) : {};
}
