import type { Match, Redirect, RequestHead, Rewrite } from './route';
import { plainPath } from './paths';

/** The path and query that a backend gets. */
export function rewritten(rewrite: Rewrite | undefined, match: Match, { path, query }: Pick<RequestHead, 'path' | 'query'>): string {
  return rewrite ? newPath(rewrite, match, path) + query : path + query;
}

function newPath(rewrite: Rewrite, { path: match }: Match, path: string): string {
  if (rewrite.type === 'full') return rewrite.path;
  if (rewrite.type === 'prefix') return match.type === 'prefix' ? replacePrefix(plainPath(path), match.path, rewrite.path) : rewrite.path;
  const groups = match.type === 'regex' ? match.regex.exec(plainPath(path)) : null;
  const text = rewrite.path.replace(/\$(\d)|\$\{(\d)\}/g, (_, plain?: string, braced?: string) => groups?.[Number(plain ?? braced)] ?? '');
  return text.startsWith('/') ? text : `/${text}`;
}

/** `/foo` → `/bar`: `/foo/x` → `/bar/x`; → `/`: `/foo/x` → `/x`; the slash at an end does not count. */
function replacePrefix(path: string, prefix: string, replacement: string): string {
  const rest = path.slice(prefix.replace(/\/$/, '').length);
  const start = replacement.replace(/\/$/, '');
  const joined = rest === '' || rest.startsWith('/') ? start + rest : `${start}/${rest}`;
  return joined || '/';
}

const usualPorts: Readonly<Record<string, number>> = { http: 80, https: 443 };

/** Where clients find this machine: the port that they used, and those that stand for 80 and 443. */
export interface PublicPorts {
  readonly own: number;
  readonly http: number;
  readonly https: number;
}

/** The Location. A port is named where it is not the scheme's usual one. After HTTPRequestRedirectFilter (Gateway API v1). */
export function redirectTo(redirect: Redirect, match: Match, request: RequestHead, ports: PublicPorts): string {
  if (redirect.url !== undefined) return redirect.url;
  const scheme = redirect.scheme ?? (request.secure ? 'https' : 'http');
  const wanted = redirect.port ?? (redirect.scheme === undefined ? ports.own : scheme === 'https' ? ports.https : ports.http);
  const at = wanted === usualPorts[scheme] ? '' : `:${wanted}`;
  return `${scheme}://${redirect.host ?? request.host}${at}${rewritten(redirect.rewrite, match, request)}`;
}
