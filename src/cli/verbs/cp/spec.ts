import { posix } from 'node:path';

/** One side of a copy; `pod` is '' for the local one, `namespace` '' for the session's. */
export interface FileSpec {
  namespace: string;
  pod: string;
  path: string;
}

const malformed = 'filespec must match the canonical format: [[namespace/]pod:]file/path';

/** `path`, `pod:path`, `namespace/pod:path`. Throws in kubectl's words. */
export function parseFileSpec(text: string): FileSpec {
  const colon = text.indexOf(':');
  if (colon < 0) return { namespace: '', pod: '', path: withoutTrailingSlash(text) };
  const parts = text.slice(0, colon).split('/');
  if (colon === 0 || parts.length > 2) throw new Error(malformed);
  return { namespace: parts.length > 1 ? parts[0]! : '', pod: parts.at(-1)!, path: remotePath(text.slice(colon + 1)) };
}

/** One slash at the end does not count. */
export const withoutTrailingSlash = (path: string): string => (path !== '/' && path.endsWith('/') ? path.slice(0, -1) : path);

/** A path within a container: always with slashes. */
export const remotePath = (path: string): string => withoutTrailingSlash(path).replaceAll('\\', '/');

/** What the names in the archive of `path` begin with: tar leaves out leading slashes, and nothing may climb above the root. */
export function archivePrefix(path: string): string {
  return withoutClimbing(posix.normalize(path.replace(/^[/\\]+/, '') || '.'));
}

function withoutClimbing(path: string): string {
  const rest = path.replace(/^(?:\.\.\/)+/, '');
  return rest === '.' || rest === '..' ? '' : rest.replace(/^\//, '');
}

/** Does `target` lie in `base`, or is it that? */
export function isWithin(base: string, target: string): boolean {
  const relative = posix.relative(base, target);
  return relative === '' || relative === withoutClimbing(relative);
}
