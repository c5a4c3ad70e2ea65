import type { EnvVar } from '../../../api/generated/core.v1';
import { isStrictEnvVarName } from '../../../api/validation';

export interface EnvChanges {
  set: EnvVar[];
  remove: string[];
}

/** The arguments before the first `NAME=VALUE`, `NAME-` or `-`, and those from there on; undefined when one stands behind. */
export function splitEnvArgs(args: readonly string[]): { resources: string[]; env: string[] } | undefined {
  const isEnv = (arg: string) => /^[^]+=[^]*$/.test(arg) || arg.endsWith('-');
  const first = args.findIndex(isEnv);
  if (first < 0) return { resources: [...args], env: [] };
  return args.slice(first).every(isEnv) ? { resources: args.slice(0, first), env: args.slice(first) } : undefined;
}

/** `readStdin` gives what `-` stands for. Throws in the words of k8s.io/kubectl/pkg/cmd/set/env. */
export async function parseEnv(specs: readonly string[], readStdin: () => Promise<string>): Promise<EnvChanges> {
  const set: EnvVar[] = [];
  const remove: string[] = [];
  const given = new Set<string>();
  for (const spec of specs) {
    if (spec === '-') {
      set.push(...fromLines(await readStdin()));
    } else if (spec.includes('=')) {
      const variable = variableOf(spec);
      const problems = isStrictEnvVarName(variable.name);
      if (problems.length) throw new Error(`${JSON.stringify(variable.name)} is not a valid key name: ${problems.join(';')}`);
      given.add(variable.name);
      set.push(variable);
    } else if (spec.endsWith('-')) {
      remove.push(spec.slice(0, -1));
    } else {
      throw new Error(`unknown environment variable: ${spec}`);
    }
  }
  if (remove.some((name) => given.has(name))) throw new Error('can not both modify and remove the same environment variable in the same command');
  return { set, remove };
}

function variableOf(spec: string): EnvVar {
  const at = spec.indexOf('=');
  const value = spec.slice(at + 1);
  return { name: spec.slice(0, at), ...(value && { value }) };
}

/** Lines with an equals sign, comments cut off. */
const fromLines = (text: string): EnvVar[] =>
  text.split(/\r?\n/).map((line) => line.split('#')[0]!).filter((line) => line.includes('=')).map(variableOf);

/** Each variable in its old place, new ones at the end; removal wins. */
export function updatedEnv(existing: readonly EnvVar[], { set, remove }: EnvChanges): EnvVar[] {
  const covered = new Set(remove);
  const result: EnvVar[] = [];
  for (const variable of existing) {
    if (covered.has(variable.name)) continue;
    const newer = set.find(({ name }) => name === variable.name);
    if (newer) covered.add(variable.name);
    result.push(newer ?? variable);
  }
  for (const variable of set) {
    if (!covered.has(variable.name)) result.push(variable);
    covered.add(variable.name);
  }
  return result;
}

/** A configuration key as a variable's name. */
export const envNameOf = (key: string): string => key.replace(/[^a-zA-Z0-9_]/g, '_').toUpperCase();
