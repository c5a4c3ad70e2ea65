import { headerOf, type Match, type RequestHead, type Route, type ValueMatch } from './route';

/**
 * The routes of one host. An exact path comes before patterns, the longer pattern before the shorter, patterns before
 * prefixes, the longer prefix before the shorter; then a method, more headers, more query parameters. Routes that are
 * equal in all of that keep the order in which they were given: the first one is found.
 * After the precedence of HTTPRouteRule (Gateway API v1); Ingress knows the part about paths.
 */
export class PathTable {
  private readonly exact = new Map<string, Route[]>();
  private readonly prefixes = new Map<string, Route[]>();
  private readonly patterns: Route[] = [];
  private sorted = false;

  add(route: Route): void {
    const { path } = route.match;
    this.sorted = false;
    if (path.type === 'regex') this.patterns.push(route);
    else if (path.type === 'exact') push(this.exact, path.path, route);
    else push(this.prefixes, prefixKey(path.path), route);
  }

  find(request: RequestHead): Route | undefined {
    this.sort();
    const path = plainPath(request.path);
    return firstMatch(this.exact.get(path), request)
      ?? this.patterns.find((route) => matchesPattern(route.match, path) && matchesRest(route.match, request))
      ?? this.findPrefix(path, request);
  }

  /** Whether there is this very path, whatever else it asks. */
  has(path: Match['path']): boolean {
    if (path.type === 'regex') return this.patterns.some(({ match }) => match.path.type === 'regex' && match.path.regex.source === path.regex.source);
    return path.type === 'exact' ? this.exact.has(path.path) : this.prefixes.has(prefixKey(path.path));
  }

  routes(): Route[] {
    return [...this.exact.values(), ...this.prefixes.values()].flat().concat(this.patterns);
  }

  private findPrefix(path: string, request: RequestHead): Route | undefined {
    if (this.prefixes.size === 0) return undefined;
    for (let key = prefixKey(path); ; key = key.slice(0, key.lastIndexOf('/'))) {
      const found = firstMatch(this.prefixes.get(key), request);
      if (found || key === '') return found;
    }
  }

  private sort(): void {
    if (this.sorted) return;
    for (const routes of [...this.exact.values(), ...this.prefixes.values()]) routes.sort((a, b) => byDetail(a.match, b.match));
    this.patterns.sort((a, b) => lengthOf(b.match) - lengthOf(a.match) || byDetail(a.match, b.match));
    this.sorted = true;
  }
}

/** `/` is the empty key. */
const prefixKey = (path: string): string => (path.endsWith('/') ? path.slice(0, -1) : path);

function push(map: Map<string, Route[]>, key: string, route: Route): void {
  const routes = map.get(key);
  if (routes) routes.push(route);
  else map.set(key, [route]);
}

const lengthOf = ({ path }: Match): number => (path.type === 'regex' ? path.length : 0);

const byDetail = (a: Match, b: Match): number =>
  Number(b.method !== undefined) - Number(a.method !== undefined) || (b.headers?.length ?? 0) - (a.headers?.length ?? 0) || (b.query?.length ?? 0) - (a.query?.length ?? 0);

const matchesPattern = ({ path }: Match, text: string): boolean => path.type === 'regex' && path.regex.test(text);

const firstMatch = (routes: readonly Route[] | undefined, request: RequestHead): Route | undefined =>
  routes?.find(({ match }) => matchesRest(match, request));

function matchesRest({ method, headers, query }: Match, request: RequestHead): boolean {
  if (method !== undefined && method !== request.method) return false;
  if (headers && !headers.every((one) => holds(one, headerOf(request, one.name)))) return false;
  if (!query?.length) return true;
  const parameters = new URLSearchParams(request.query);
  return query.every((one) => holds(one, parameters.get(one.name) ?? undefined));
}

const holds = ({ value }: ValueMatch, given: string | undefined): boolean =>
  given !== undefined && (typeof value === 'string' ? given === value : value.test(given));

/** Without `.` and `..`, so that no path reaches what its text hides. */
export function plainPath(path: string): string {
  if (!path.includes('/.') && !/%2e/i.test(path)) return path;
  try {
    return new URL(path, 'http://host').pathname;
  } catch {
    return path;
  }
}
