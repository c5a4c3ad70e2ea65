import { isUtf8 } from 'node:buffer';
import { isConfigMapKey } from '../../../../api/validation';
import type { Entry } from './sources';

/** What is wrong with a key, when there is something. `earlier` is the entry that has it already. */
type Problem = (key: string, problems: readonly string[], earlier: Entry | undefined) => string | undefined;

export const secretProblem: Problem = (key, problems, earlier) => {
  if (problems.length) return `${JSON.stringify(key)} is not valid key name for a Secret ${problems.join(';')}`;
  return earlier && `cannot add key ${key}, another key by that name already exists`;
};

export const configMapProblem = (name: string): Problem => (key, problems, earlier) => {
  if (problems.length) return `${JSON.stringify(key)} is not a valid key name for a ConfigMap: ${problems.join(',')}`;
  return earlier && `cannot add key ${JSON.stringify(key)}, another key by that name already exists in ${isUtf8(earlier.value) ? 'Data' : 'BinaryData'} for ConfigMap ${JSON.stringify(name)}`;
};

export function unique(entries: readonly Entry[], problemOf: Problem): readonly Entry[] {
  entries.forEach(({ key }, index) => {
    const problem = problemOf(key, isConfigMapKey(key), entries.slice(0, index).find((entry) => entry.key === key));
    if (problem) throw new Error(problem);
  });
  return entries;
}

/** By key, as Go prints maps. */
export const mapOf = (entries: readonly Entry[], textOf: (value: Buffer) => string): Record<string, string> =>
  Object.fromEntries([...entries].sort((a, b) => (a.key < b.key ? -1 : 1)).map(({ key, value }) => [key, textOf(value)]));
