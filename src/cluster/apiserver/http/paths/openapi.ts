import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Descriptions } from '../../../../api/openapi';
import type { KindTable } from '../../registry';
import { ApiError } from '../../../../api/errors';
import type { Exchange, Reply } from '../exchange';
import { parseAccept } from '../media-type';
import { jsonReply, pageNotFound } from './json';
import { serverVersion } from './version';

/**
 * /openapi/v2 and /openapi/v3. The descriptions are some megabytes: they are read for the one document that is asked
 * for and forgotten with it, since clients keep the documents by their hash.
 */
export function openapi(kinds: KindTable, descriptionsFile: string | undefined): (exchange: Exchange) => Promise<Reply> {
  return async (exchange) => {
    const { path, query } = exchange.info;
    if (path === '/openapi/v2') return openApiV2(kinds, descriptionsFile, exchange);
    const documents = await import('../../../../api/openapi');
    if (path === '/openapi/v3') return tagged(exchange, documents.openApiV3Index(kinds.all(), serverVersion.gitVersion), {});
    const apiVersion = path.replace(/^\/openapi\/v3\/apis?\//, '');
    const document = documents.openApiV3(apiVersion, kinds.all(), await descriptions(descriptionsFile));
    if (!document) return pageNotFound();
    // A URL with a hash names one content for ever.
    return tagged(exchange, document, query.has('hash') ? { 'cache-control': 'public, immutable' } : {});
  };
}

async function openApiV2(kinds: KindTable, file: string | undefined, exchange: Exchange): Promise<Reply> {
  const wanted = parseAccept(exchange.request.headers.accept ?? '*/*').map(({ type }) => type);
  if (!wanted.some((type) => type === 'application/json' || type === '*/*')) {
    throw new ApiError('NotAcceptable', 'only the following media types are accepted: application/json');
  }
  const documents = await import('../../../../api/openapi');
  return tagged(exchange, documents.openApiV2(kinds.all(), await descriptions(file)), {});
}

function tagged({ request }: Exchange, document: object, headers: Record<string, string>): Reply {
  const reply = jsonReply(document);
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
