/**
 * What a request is about, read off its method and path.
 * Source: RequestInfoFactory.NewRequestInfo in k8s.io/apiserver/pkg/endpoints/request.
 */
export interface RequestInfo {
  readonly path: string;
  readonly query: URLSearchParams;
  /** As authorization sees it: get, list, watch, create, …; the lower-case method for other paths. */
  readonly verb: string;
  readonly resource?: ResourceRequest;
}

export interface ResourceRequest {
  readonly group: string;
  readonly version: string;
  /** Plural. */
  readonly resource: string;
  readonly namespace?: string;
  readonly name?: string;
  readonly subresource?: string;
  /** Behind the subresource: the path that a proxy is to fetch, decoded, without its leading slash. */
  readonly rest?: string;
}

const verbs: Record<string, { one: string; all: string }> = {
  GET: { one: 'get', all: 'list' },
  HEAD: { one: 'get', all: 'list' },
  POST: { one: 'create', all: 'create' },
  PUT: { one: 'update', all: 'update' },
  PATCH: { one: 'patch', all: 'patch' },
  DELETE: { one: 'delete', all: 'deletecollection' },
};

const namespaceSubresources = new Set(['status', 'finalize']);

export function parseRequest(method: string, url: string): RequestInfo {
  const at = url.indexOf('?');
  const path = at < 0 ? url : url.slice(0, at);
  const query = new URLSearchParams(at < 0 ? '' : url.slice(at + 1));
  const parsed = parseResource(path);
  if (!parsed) return { path, query, verb: method.toLowerCase() };
  const { watches, ...resource } = parsed;
  // The old paths are of watches alone, also of one object.
  return { path, query, resource, verb: watches ? 'watch' : verbOf(method, resource, isTrue(query.get('watch'))) };
}

function verbOf(method: string, { name }: ResourceRequest, watches: boolean): string {
  const verb = verbs[method]?.[name ? 'one' : 'all'] ?? method.toLowerCase();
  return (verb === 'list' || (verb === 'get' && name === undefined)) && watches ? 'watch' : verb;
}

/** As Go parses the boolean of a query: a bare parameter counts. */
export const isTrue = (value: string | null): boolean => value !== null && !['0', 'f', 'F', 'false', 'FALSE', 'False'].includes(value);

function parseResource(path: string): (ResourceRequest & { watches: boolean }) | undefined {
  const parts = path.split('/').filter(Boolean).map(decode);
  const [root, ...rest] = parts;
  const prefix = root === 'api' ? { group: '', version: rest.shift() } : root === 'apis' ? { group: rest.shift(), version: rest.shift() } : undefined;
  if (!prefix?.version || prefix.group === undefined || !rest.length) return undefined;
  const watches = rest[0] === 'watch';
  if (watches) rest.shift();
  if (!rest.length) return undefined;
  return { group: prefix.group, version: prefix.version, watches, ...target(rest) };
}

function target(parts: string[]): Pick<ResourceRequest, 'resource' | 'namespace' | 'name' | 'subresource' | 'rest'> {
  const isScoped = parts[0] === 'namespaces' && parts.length > 2 && !namespaceSubresources.has(parts[2]!);
  const namespace = parts[0] === 'namespaces' && parts[1] ? parts[1] : undefined;
  const [resource, name, subresource, ...rest] = isScoped ? parts.slice(2) : parts;
  return {
    resource: resource!,
    ...(namespace !== undefined && { namespace }),
    ...(name !== undefined && { name }),
    ...(subresource !== undefined && { subresource }),
    ...(rest.length > 0 && { rest: rest.join('/') }),
  };
}

function decode(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}
