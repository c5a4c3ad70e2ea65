import { readFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { parseYaml } from '../../api/yaml';
import { errnoText } from '../../client/kubeconfig/errors';
import type { Environment } from '../session';

export interface FlagDefault {
  /** The long name, without dashes. */
  name: string;
  default: string;
}

/** A Preference of kubectl.config.k8s.io/v1alpha1. */
export interface Preference {
  overrides?: { command: string; flags?: FlagDefault[] }[];
  aliases?: { name: string; command: string; prependArgs?: string[]; appendArgs?: string[]; flags?: FlagDefault[] }[];
}

const versions = new Set(['kubectl.config.k8s.io/v1alpha1']);
const fields = new Set(['apiVersion', 'kind', 'overrides', 'aliases']);

/** The preferences that hold for this run: those of --kuberc (`explicit`) or of ~/.kube/kuberc. Throws in kubectl's words. */
export async function readPreference(explicit: string, { env, home, cwd, streams }: Environment): Promise<Preference | undefined> {
  if (env['KUBERC'] === 'off') {
    if (explicit) throw new Error('disabling kuberc via KUBERC=off and passing kuberc flag are mutually exclusive');
    return undefined;
  }
  const file = explicit ? resolve(cwd, explicit) : join(home, '.kube', 'kuberc');
  const named = explicit || file;
  try {
    const { preference, unknown } = decode(await readFile(file, 'utf8'), named);
    if (!unknown) return preference;
    const problem = `strict decoding error: unknown field ${JSON.stringify(unknown)}`;
    streams.err.write(explicit ? `kuberc: ignoring strict decoding error in ${named}: ${problem}` : `kuberc: no preferences loaded from ${named}: ${problem}`);
    return explicit ? preference : undefined;
  } catch (error) {
    const missing = (error as NodeJS.ErrnoException).code === 'ENOENT';
    const text = (error as NodeJS.ErrnoException).code ? `open ${named}: ${errnoText(error)}` : (error as Error).message;
    if (explicit) throw new Error(`kuberc: ${text}`);
    if (!missing) streams.err.write(`kuberc: no preferences loaded from ${named}: ${text}`);
    return undefined;
  }
}

interface Decoded {
  preference: Preference | undefined;
  /** A field that has no meaning, '' for none. */
  unknown: string;
}

/** The first document that is one. */
function decode(text: string, file: string): Decoded {
  const documents = [...parseYaml(text)].filter((document) => document !== null && document !== undefined) as (Record<string, unknown> & Preference)[];
  const found = documents.find(({ apiVersion, kind }) => kind === 'Preference' && versions.has(String(apiVersion)));
  if (!found && documents.length) throw new Error(`no valid preferences found in ${file}, use --v=5 to see details`);
  return { preference: found, unknown: Object.keys(found ?? {}).find((field) => !fields.has(field)) ?? '' };
}

/** Throws what makes no sense whatever the command line is. */
export function checkPreference({ aliases = [], overrides = [] }: Preference): void {
  const seen = new Set<string>();
  for (const { name, flags } of aliases) {
    if (!/^[a-zA-Z]+$/.test(name)) throw new Error('invalid alias name, can only include alphabetical characters');
    checkNames(flags);
    if (seen.has(name)) throw new Error(`duplicate alias name ${name}`);
    seen.add(name);
  }
  for (const { flags } of overrides) checkNames(flags);
}

function checkNames(flags: readonly FlagDefault[] = []): void {
  const wrong = flags.find(({ name }) => name.startsWith('-'));
  if (wrong) throw new Error(`flag name ${wrong.name} should be in long form without dashes`);
}
