import { compileRegExp, type GoRegExp } from '../../go/regexp';
import { CelError } from '../values/value';

const remembered = new Map<string, GoRegExp>();
const rememberedMax = 500;

/** Throws CelError. */
function compiled(pattern: string): GoRegExp {
  const known = remembered.get(pattern);
  if (known) return known;
  try {
    const made = compileRegExp(pattern);
    if (remembered.size >= rememberedMax) remembered.clear();
    remembered.set(pattern, made);
    return made;
  } catch (error) {
    throw new CelError((error as Error).message);
  }
}

export const matches = (text: string, pattern: string): boolean => compiled(pattern).test(text);

/** The texts of all matches, or of the first `limit` of them; below zero for all. Go's FindAllString. */
export function findAll(text: string, pattern: string, limit = -1): string[] {
  const regExp = compiled(pattern);
  const found: string[] = [];
  let lastEnd = -1;
  for (let at = 0; at <= text.length && (limit < 0 || found.length < limit);) {
    const match = regExp.find(text, at);
    if (!match) break;
    const [start, end] = match;
    // An empty match next to the one before does not count.
    if (end > start || start !== lastEnd) found.push(text.slice(start, end));
    lastEnd = end;
    at = end > start ? end : end + (text.codePointAt(end)! > 0xffff ? 2 : 1);
  }
  return found;
}
