import { createHash } from 'node:crypto';
import type { KindTable } from '../../registry';
import { apiGroupDiscoveryList, type AggregatedVersion, type RemoteEntry } from '../../discovery/aggregated';
import { apiGroup, apiGroupList, apiResourceList, apiVersions } from '../../discovery/legacy';
import type { Exchange, Reply } from '../exchange';
import { parseAccept } from '../media-type';
import { jsonReply } from './json';

/** Undefined when the path is no discovery document. */
export function discovery(kinds: KindTable, exchange: Exchange, remotes: readonly RemoteEntry[]): Reply | undefined {
  const parts = exchange.info.path.split('/').filter(Boolean);
  const [root, group, version] = parts;
  if (root === 'api' && parts.length === 1) return groupList(kinds, true, exchange, []);
  if (root === 'apis' && parts.length === 1) return groupList(kinds, false, exchange, remotes);
  const document = root === 'api' && parts.length === 2 ? apiResourceList(kinds.all(), '', group!)
    : root === 'apis' && parts.length === 2 ? apiGroup(kinds.all(), group!, remotes)
      : root === 'apis' && parts.length === 3 ? apiResourceList(kinds.all(), group!, version!) : undefined;
  return document && jsonReply(document);
}

function groupList(kinds: KindTable, core: boolean, exchange: Exchange, remotes: readonly RemoteEntry[]): Reply {
  const version = aggregatedVersion(exchange.request.headers.accept);
  if (version) return tagged(exchange, apiGroupDiscoveryList(kinds.all(), core, version, remotes), `application/json;g=apidiscovery.k8s.io;v=${version};as=APIGroupDiscoveryList`);
  const { host = '' } = exchange.request.headers;
  return jsonReply(core ? apiVersions(host) : apiGroupList(kinds.all(), remotes));
}

function aggregatedVersion(accept: string | undefined): AggregatedVersion | undefined {
  for (const { type, parameters } of parseAccept(accept ?? '')) {
    if (type !== 'application/json' && type !== '*/*') continue;
    const version = parameters.get('v');
    if (parameters.get('as') !== 'APIGroupDiscoveryList' || parameters.get('g') !== 'apidiscovery.k8s.io') return undefined;
    if (version === 'v2' || version === 'v2beta1') return version;
  }
  return undefined;
}

function tagged({ request }: Exchange, document: object, contentType: string): Reply {
  const reply = jsonReply(document, contentType);
  const etag = `"${createHash('sha512').update(reply.body as Buffer).digest('hex').toUpperCase()}"`;
  const headers = { etag, vary: 'Accept' };
  return request.headers['if-none-match'] === etag ? { ...reply, code: 304, body: Buffer.alloc(0), headers } : { ...reply, headers };
}
