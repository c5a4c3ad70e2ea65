import { posix } from 'node:path';

/** What a git URL asks for. */
export interface RepoUrl {
  raw: string;
  /** What to clone is `host` and `repoPath` together. */
  host: string;
  repoPath: string;
  /** The directory in the repository. */
  path: string;
  /** Branch, tag or commit; '' for the default. */
  ref: string;
  submodules: boolean;
  timeoutMs: number;
}

const schemes = ['ssh://', 'https://', 'http://', 'file://'];
const defaultTimeoutMs = 27_000;

/** Reads a git-like URL; undefined for anything else, as a directory. Source: NewRepoSpecFromURL of kustomize. */
export function parseRepoUrl(raw: string): RepoUrl | undefined {
  if (posix.isAbsolute(raw)) return undefined;
  const at = raw.indexOf('?');
  const [address, query] = at < 0 ? [raw, ''] : [raw.slice(0, at), raw.slice(at + 1)];
  const found = splitHost(address.replace(/^git::/i, ''));
  if (!found) return undefined;
  const paths = splitRepoPath(found.rest, found.host.startsWith('file://'));
  if (!paths || !paths.repoPath || exits(paths.path)) return undefined;
  return { raw, host: found.host, repoPath: paths.repoPath, path: paths.path.replace(/^\//, ''), ...readQuery(query) };
}

function splitHost(address: string): { host: string; rest: string } | undefined {
  const scheme = schemes.find((prefix) => address.toLowerCase().startsWith(prefix)) ?? '';
  const behindScheme = address.slice(scheme.length);
  const user = /^[a-zA-Z][a-zA-Z0-9-]*@/.exec(behindScheme)?.[0] ?? '';
  const rest = behindScheme.slice(user.length);
  const isGithub = /^github\.com[/:]/i.test(rest);
  const isScp = scheme === '' && (user !== '' || isGithub);
  if (scheme === '' && !isScp) return undefined;
  if (scheme === 'file://') return { host: scheme, rest: user + rest };
  const at = separator(rest, isScp);
  const [host, path] = at < 0 ? [rest, ''] : [rest.slice(0, at + 1), rest.slice(at + 1)];
  if (isGithub) return { host: scheme === 'ssh://' || user ? `${user}github.com:` : 'https://github.com/', rest: path };
  return host ? { host: scheme + user + host, rest: path } : undefined;
}

/** Where the host ends. A colon ends it in `user@host:path`. */
function separator(text: string, isScp: boolean): number {
  const slash = text.indexOf('/');
  const colon = text.indexOf(':');
  return isScp && (slash < 0 || (colon > 0 && colon < slash)) ? colon : slash;
}

/** Repository and directory are told apart by `_git/`, `//` or `.git`; else the first two segments are the repository. */
function splitRepoPath(text: string, isFile: boolean): { repoPath: string; path: string } | undefined {
  const azure = text.indexOf('_git/');
  if (azure >= 0) {
    const [first, ...rest] = text.slice(azure + 5).split('/');
    return { repoPath: text.slice(0, azure + 5) + first!, path: rest.join('/') };
  }
  const double = text.indexOf('//');
  if (double >= 0) return { repoPath: text.slice(0, double), path: text.slice(double + 2) };
  const suffix = text.indexOf('.git');
  if (suffix >= 0) return { repoPath: text.slice(0, suffix + 4), path: text.slice(suffix + 4) };
  if (isFile) return { repoPath: text, path: '' };
  const segments = text.split('/');
  return segments.length < 2 ? undefined : { repoPath: segments.slice(0, 2).join('/'), path: segments.slice(2).join('/') };
}

const exits = (path: string) => posix.normalize(path.replace(/^\//, '')).split('/')[0] === '..';

function readQuery(text: string): Pick<RepoUrl, 'ref' | 'submodules' | 'timeoutMs'> {
  const query = new URLSearchParams(text);
  return {
    ref: query.get('ref') || query.get('version') || '',
    submodules: !/^(0|f|F|false|FALSE|False)$/.test(query.get('submodules') ?? ''),
    timeoutMs: readTimeout(query.get('timeout') ?? ''),
  };
}

const units: Record<string, number> = { ms: 1, s: 1000, m: 60_000, h: 3_600_000 };

function readTimeout(text: string): number {
  const [, amount, unit = 's'] = /^(\d+(?:\.\d+)?)(ms|s|m|h)?$/.exec(text) ?? [];
  return Number(amount) > 0 ? Number(amount) * units[unit]! : defaultTimeoutMs;
}
