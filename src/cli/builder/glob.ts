import { readdirSync } from 'node:fs';
import { resolve } from 'node:path';

/** Paths that match a shell pattern, sorted, after Go's filepath.Glob: `*`, `?`, `[a-z]`, never across a slash. */
export function matchPattern(pattern: string, cwd: string): string[] {
  if (!/[*?[\\]/.test(pattern)) return [];
  const [first, ...parts] = pattern.split('/');
  let paths = first === '' ? ['/'] : expand('', first!, cwd);
  for (const part of parts) paths = paths.flatMap((path) => expand(path.endsWith('/') ? path : `${path}/`, part, cwd));
  return paths;
}

function expand(prefix: string, part: string, cwd: string): string[] {
  if (!/[*?[\\]/.test(part)) return part ? [prefix + part].filter((path) => names(resolve(cwd, prefix)).includes(part) || path.endsWith('..')) : [prefix];
  const matcher = toRegExp(part);
  return names(resolve(cwd, prefix)).filter((name) => matcher.test(name)).sort().map((name) => prefix + name);
}

function names(directory: string): string[] {
  try {
    return readdirSync(directory);
  } catch {
    return [];
  }
}

function toRegExp(part: string): RegExp {
  const source = part.replace(/\\(.)|(\*)|(\?)|(\[\^?[^\]]+\])|([.+^${}()|[\]\\])/g, (_all, escaped: string, star, any, set: string, special: string) => {
    if (escaped) return escaped.replace(/\W/, '\\$&');
    if (star) return '[^/]*';
    if (any) return '[^/]';
    return set ?? `\\${special}`;
  });
  return new RegExp(`^${source}$`);
}
