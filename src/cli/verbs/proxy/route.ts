import { posix } from 'node:path';

export interface Prefixes {
  /** Each ends with a slash; `static` is undefined without a directory. */
  api: string;
  static: string | undefined;
}

/** What to do with a path: pass it on, serve a file, go elsewhere, or nothing is there. */
export type Route =
  | { to: 'api'; path: string }
  | { to: 'static'; path: string }
  | { to: 'redirect'; location: string }
  | { to: 'nowhere' };

/** After http.ServeMux with the handlers of k8s.io/kubectl/pkg/proxy. `url`: the path with its query, not decoded. */
export function routeOf(url: string, prefixes: Prefixes): Route {
  const { pathname: path, search } = split(url);
  const clean = cleaned(path);
  if (clean !== path) return { to: 'redirect', location: clean + search };
  const all = [prefixes.api, ...(prefixes.static ? [prefixes.static] : [])].sort((a, b) => b.length - a.length);
  const prefix = all.find((each) => path.startsWith(each));
  if (prefix === undefined) return all.includes(`${path}/`) ? { to: 'redirect', location: `${path}/${search}` } : { to: 'nowhere' };
  if (prefix === prefixes.static) return { to: 'static', path: path.slice(prefix.length) };
  return { to: 'api', path: (prefix.startsWith('/api') ? path : `/${path.slice(prefix.length)}`) + search };
}

export function split(url: string): { pathname: string; search: string } {
  const at = url.indexOf('?');
  return at < 0 ? { pathname: url, search: '' } : { pathname: url.slice(0, at), search: url.slice(at) };
}

/** As Go's path.Clean, but a slash at the end stays. */
const cleaned = (path: string): string => posix.normalize(path.startsWith('/') ? path : `/${path}`);
