import { parseExactJson } from '../../api/exact-json';
import type { KubeList, KubeObject } from '../../api/meta';
import type { Client, ListOptions, PatchType, WatchEvent, WatchOptions, WriteOptions } from '../client';
import { resourcePath } from './paths';
import { errorFromResponse } from './status';
import { readAll, type ApiRequest, type ApiResponse, type Query, type Transport } from './transport';
import { watchEvents } from './watch';

/** The typed Client, and requests of any other form. */
export interface RestClient extends Client {
  /** The decoded JSON answer. Rejects with an ApiError when the server refuses. */
  request<T = unknown>(request: ApiRequest): Promise<T>;
  /** The answer as it comes. Rejects with an ApiError when the server refuses. */
  raw(request: ApiRequest): Promise<ApiResponse>;
  close(): Promise<void>;
}

export interface RestOptions {
  /** The text of each Warning header, unquoted. */
  onWarning?: (text: string) => void;
}

const patchMediaTypes: Record<PatchType, string> = {
  json: 'application/json-patch+json',
  merge: 'application/merge-patch+json',
  strategic: 'application/strategic-merge-patch+json',
  apply: 'application/apply-patch+yaml',
};

export function restClient(transport: Transport, { onWarning }: RestOptions = {}): RestClient {
  const raw = async (request: ApiRequest): Promise<ApiResponse> => {
    const response = await transport.send(request);
    if (onWarning) for (const text of warnings(response)) onWarning(text);
    if (response.status >= 400) throw await errorFromResponse(response, request);
    return response;
  };
  const request = async <T>(of: ApiRequest): Promise<T> => parseExactJson((await readAll((await raw(of)).body)).toString()) as T;
  return {
    raw,
    request,
    close: () => transport.close(),
    get: (resource, name, namespace, options = {}) =>
      request({ path: resourcePath(resource, namespace, name, options.subresource), ...signalOf(options) }),
    list: <T extends KubeObject>(resource: Parameters<Client['list']>[0], options: ListOptions = {}) =>
      request<KubeList<T>>({ path: resourcePath(resource, options.namespace), query: listQuery(options), ...signalOf(options) }),
    create: (resource, object, options = {}) =>
      request({ method: 'POST', path: resourcePath(resource, object.metadata.namespace, options.name, options.subresource), query: writeQuery(options), body: object, ...signalOf(options) }),
    update: (resource, object, options = {}) =>
      request({ method: 'PUT', path: resourcePath(resource, object.metadata.namespace, object.metadata.name, options.subresource), query: writeQuery(options), body: object, ...signalOf(options) }),
    patch: (resource, name, namespace, type, patch, options = {}) =>
      request({
        method: 'PATCH', path: resourcePath(resource, namespace, name, options.subresource), contentType: patchMediaTypes[type],
        query: { ...writeQuery(options), force: options.force }, body: patch as object, ...signalOf(options),
      }),
    delete: async (resource, name, namespace, options, signal) => {
      await request({ method: 'DELETE', path: resourcePath(resource, namespace, name), body: { apiVersion: 'v1', kind: 'DeleteOptions', ...options }, ...signalOf({ signal }) });
    },
    watch: (resource, options) => watch(raw, resourcePath(resource, options.namespace), options),
  };
}

async function* watch<T extends KubeObject>(raw: RestClient['raw'], path: string, options: WatchOptions): AsyncGenerator<WatchEvent<T>> {
  try {
    const response = await raw({ path, query: watchQuery(options), stream: true, ...signalOf(options) });
    yield* watchEvents<T>(response.body, options.signal);
  } catch (error) {
    if (!options.signal?.aborted) throw error;
  }
}

export function listQuery({ labelSelector, fieldSelector, limit, continue: token, resourceVersion, resourceVersionMatch }: ListOptions): Query {
  return {
    labelSelector: labelSelector || undefined, fieldSelector: fieldSelector || undefined,
    limit: limit || undefined, continue: token || undefined, resourceVersion, resourceVersionMatch,
  };
}

export function watchQuery(options: WatchOptions): Query {
  return { ...listQuery(options), watch: true, allowWatchBookmarks: options.allowWatchBookmarks, timeoutSeconds: options.timeoutSeconds };
}

function writeQuery({ dryRun, fieldManager, fieldValidation }: WriteOptions): Query {
  return { dryRun: dryRun ? 'All' : undefined, fieldManager: fieldManager || undefined, fieldValidation };
}

const signalOf = ({ signal }: { signal?: AbortSignal | undefined }) => (signal ? { signal } : {});

/** RFC 7234 warning values: `299 - "text"`. */
function* warnings({ headers }: ApiResponse): Generator<string> {
  const values = headers['warning'] ?? [];
  for (const value of Array.isArray(values) ? values : [values]) {
    for (const [, text] of value.matchAll(/\d{3} \S+ "((?:[^"\\]|\\.)*)"/g)) yield text!.replace(/\\(.)/g, '$1');
  }
}
