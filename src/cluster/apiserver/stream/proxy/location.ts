/** Where a proxied request goes and what leads back, as texts of URLs. Source: k8s.io/apimachinery/pkg/util/proxy. */
export interface ProxiedUrl {
  /** What the server calls the root of the proxied one: `/api/v1/namespaces/default/pods/web/proxy`. */
  readonly prefix: string;
  /** The path behind it as it was written; '' where not even a slash follows. */
  readonly path: string;
  /** With its question mark. */
  readonly search: string;
}

const proxied = /^(.*?\/(?:pods|services)\/[^/]+\/proxy)(\/.*)?$/;

/** Splits the URL of a request to a proxy subresource. */
export function splitUrl(url: string): ProxiedUrl {
  const at = url.indexOf('?');
  const [path, search] = at < 0 ? [url, ''] : [url.slice(0, at), url.slice(at)];
  const [, prefix = path, rest = ''] = proxied.exec(path) ?? [];
  return { prefix, path: rest, search };
}

/** Relative links of a page at the root need the slash at its end. Undefined where there is no need to come again. */
export const redirectOf = (method: string | undefined, { prefix, path, search }: ProxiedUrl): string | undefined =>
  (path === '' && (method === 'GET' || method === 'HEAD') ? `${prefix}/${search}` : undefined);

/** A redirect of the server behind leads to the same place through the proxy; one to another host, or relative, stays. `hosts`: what the two servers are called. */
export function rewriteLocation(location: string, prefix: string, hosts: readonly string[]): string {
  const [, host, path = ''] = /^(?:https?:)?\/\/([^/?#]*)(.*)$/i.exec(location) ?? [location, undefined, location];
  if (host !== undefined && !hosts.includes(host)) return location;
  if (!path.startsWith('/')) return location;
  return path.startsWith(prefix) ? path : `${prefix}${path}`;
}
