import { readFileSync } from 'node:fs';
import { parseExactJson } from '../../api/exact-json';
import type { Connection } from '../../client/connection';
import { discoveryCacheFile, fromCompact, parseCompact } from '../../client/discovery/compact';
import { findCategory, findResource } from '../../client/discovery/mapper';
import type { ApiResource } from '../../client/discovery/types';
import { resourcePath } from '../../client/http/paths';
import { pathWithQuery } from '../../client/http/transport';
import { tableAccept } from '../verbs/get/table-accept';
import { openRaw } from './raw-http';
import { isTable, type HotRead } from './plan';

export interface HotAnswer {
  resource: ApiResource;
  namespace: string;
  /** One document per piece of a long list. */
  documents: unknown[];
}

/** Undefined when the cache does not know the type, or when it is a category. */
export function cachedResource({ type, flags }: HotRead, server: string, home: string, nowMs: number): ApiResource | undefined {
  const file = discoveryCacheFile(flags['cache-dir'] || `${home}/.kube/cache`, server);
  const compact = parseCompact(readFileSync(file, 'utf8'), server, nowMs);
  if (!compact) return undefined;
  const snapshot = fromCompact(compact);
  return findCategory(snapshot, type).length ? undefined : findResource(snapshot, type);
}

/** Resolves to undefined when the server answers anything but the objects: the full path words errors. */
export async function readObjects(read: HotRead, connection: Connection, resource: ApiResource): Promise<HotAnswer | undefined> {
  const { flags, name } = read;
  const namespace = resource.namespaced && !flags['all-namespaces'] ? connection.namespace : '';
  const accept = isTable(flags.output) ? tableAccept : 'application/json';
  const raw = await openRaw(connection);
  const documents: unknown[] = [];
  try {
    let token: string | undefined;
    do {
      const query = name ? {} : {
        fieldSelector: flags['field-selector'].trim() || undefined, labelSelector: flags.selector.trim() || undefined,
        limit: flags['chunk-size'] || undefined, continue: token,
      };
      const { status, body } = await raw.get(pathWithQuery(resourcePath(resource, namespace, name), query), accept);
      if (status !== 200) return undefined;
      const document = parseExactJson(body.toString()) as { metadata?: { continue?: string } };
      documents.push(document);
      token = document.metadata?.continue || undefined;
    } while (token && !name);
  } finally {
    raw.end();
  }
  return { resource, namespace, documents };
}
