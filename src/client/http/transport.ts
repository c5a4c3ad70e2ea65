import { exactJson } from '../../api/exact-json';

export type Query = Readonly<Record<string, string | number | boolean | readonly string[] | undefined>>;

export interface ApiRequest {
  /** GET when absent. */
  readonly method?: 'GET' | 'HEAD' | 'POST' | 'PUT' | 'PATCH' | 'DELETE' | 'OPTIONS';
  /** Starts with a slash; may already hold a query. */
  readonly path: string;
  readonly query?: Query;
  /** The path is the user's own: an answer that is no Status does not tell which resource was asked for. */
  readonly anyPath?: boolean;
  readonly accept?: string;
  /** Objects are sent as JSON. */
  readonly body?: string | Uint8Array | object;
  /** `application/json` when absent. */
  readonly contentType?: string;
  readonly signal?: AbortSignal;
  /** The answer is endless (watch, logs -f): no time limits. */
  readonly stream?: boolean;
}

export interface ApiResponse {
  readonly status: number;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly body: AsyncIterable<Uint8Array>;
}

/**
 * Carries requests to one server as one user. Resolves with any HTTP status; rejects with a ConnectionError when no
 * answer came, and with the signal's reason when aborted.
 */
export interface Transport {
  send(request: ApiRequest): Promise<ApiResponse>;
  close(): Promise<void>;
}

/** `/path?a=b&c=d`; undefined values are left out, lists repeat their key. */
export function pathWithQuery(path: string, query: Query = {}): string {
  const search = new URLSearchParams();
  for (const [key, value] of Object.entries(query)) {
    if (value === undefined) continue;
    for (const item of Array.isArray(value) ? (value as readonly string[]) : [value]) search.append(key, String(item));
  }
  const text = search.toString();
  if (!text) return path;
  return `${path}${path.includes('?') ? '&' : '?'}${text}`;
}

/** The bytes of an encoded body, and nothing when there is none. */
export function encodeBody({ body }: ApiRequest): string | Uint8Array | undefined {
  return body === undefined || typeof body === 'string' || body instanceof Uint8Array ? body : exactJson(body);
}

export async function readAll(body: AsyncIterable<Uint8Array>): Promise<Buffer> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of body) chunks.push(chunk);
  return Buffer.concat(chunks);
}
