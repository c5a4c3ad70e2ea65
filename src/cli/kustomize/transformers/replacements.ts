import { parseDocument } from '../../../api/yaml/parse';
import { replacementOf } from '../config/convert';
import { unmarshal } from '../config/plugin-config';
import { replacementStruct, type ReplacementConfig } from '../config/types';
import type { Replacement } from '../filters/replacement';
import type { Means } from './transformer';

/** The replacements of a kustomization, those in files included. Source: ReplacementTransformer of kustomize. */
export async function loadReplacements(configs: readonly ReplacementConfig[], { loader }: Means): Promise<Replacement[]> {
  const found: Replacement[] = [];
  for (const config of configs) {
    if (!config.path) {
      found.push(replacementOf(config));
      continue;
    }
    if (config.source || config.targets?.length) throw new Error('cannot specify both path and inline replacement');
    found.push(...inFile((await loader.load(config.path)).toString('utf8')));
  }
  return found;
}

/** One replacement or a list of them. */
function inFile(text: string): Replacement[] {
  const value = parsed(text);
  if (Array.isArray(value)) return unmarshal<{ list?: ReplacementConfig[] }>(JSON.stringify({ list: value }), listStruct).list!.map(replacementOf);
  if (typeof value === 'object' && value !== null) return [replacementOf(unmarshal<ReplacementConfig>(text, replacementStruct))];
  throw new Error(`unsupported replacement type encountered within replacement path: ${goKind(value)}`);
}

const listStruct = { name: '', fields: { list: { list: { struct: replacementStruct } } } };

function parsed(text: string): unknown {
  try {
    return parseDocument(text);
  } catch (error) {
    throw new Error(`error converting YAML to JSON: ${(error as Error).message}`);
  }
}

function goKind(value: unknown): string {
  if (value === null) return 'invalid';
  return typeof value === 'boolean' ? 'bool' : typeof value === 'number' || typeof value === 'bigint' ? 'float64' : typeof value;
}
