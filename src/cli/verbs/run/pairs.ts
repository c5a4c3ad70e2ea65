import type { EnvVar } from '../../../api/generated/core.v1';

/** `a=b,c=d`. Throws in kubectl's words. */
export function labelsOf(text: string): Record<string, string> {
  return Object.fromEntries(text.split(',').map((part) => {
    const pieces = part.split('=');
    if (pieces.length !== 2) throw new Error(`unexpected label spec: ${part}`);
    if (!pieces[0]) throw new Error('unexpected empty label key');
    return pieces as [string, string];
  }));
}

/** Each `KEY=VALUE`; the value may hold further equals signs. */
export function annotationsOf(pairs: readonly string[]): Record<string, string> {
  const wrong = pairs.filter((pair) => pair.indexOf('=') < 1);
  if (wrong.length) throw new Error(`invalid annotations format: ${wrong.join(', ')}`);
  return Object.fromEntries(pairs.map(split));
}

/** Each `NAME=VALUE`. */
export function envOf(pairs: readonly string[]): EnvVar[] {
  return pairs.map((pair) => {
    if (!pair.includes('=') || !isEnvName(split(pair)[0])) throw new Error(`invalid env: ${pair}`);
    const [name, value] = split(pair);
    return value ? { name, value } : { name };
  });
}

const split = (pair: string): [string, string] => [pair.slice(0, pair.indexOf('=')), pair.slice(pair.indexOf('=') + 1)];
const isEnvName = (name: string) => /^[-._a-zA-Z][-._a-zA-Z0-9]*$/.test(name) && name !== '.' && !name.startsWith('..');
