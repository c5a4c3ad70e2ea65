import { semanticEqual } from '../api/validation';

const isContainer = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null;

function changes(path: string, old: unknown, now: unknown): string[] {
  if (semanticEqual(old, now)) return [];
  if (!isContainer(old) || !isContainer(now) || Array.isArray(old) !== Array.isArray(now)) {
    return [
      ...(old === undefined ? [] : [`-\t${path}: ${JSON.stringify(old)}`]),
      ...(now === undefined ? [] : [`+\t${path}: ${JSON.stringify(now)}`]),
    ];
  }
  const below = (key: string) => Array.isArray(old) ? `${path}[${key}]` : path ? `${path}.${key}` : key;
  return Object.keys({ ...old, ...now }).flatMap((key) => changes(below(key), old[key], now[key]));
}

/** What changed, a line each for old and new, for the sentence that refuses it. */
export const difference = (old: unknown, now: unknown): string => changes('', old, now).map((line) => `${line}\n`).join('');
