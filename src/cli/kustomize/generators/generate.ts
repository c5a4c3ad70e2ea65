import { collectionNode, scalarNode, stringNode, tags, type YamlNode } from '../../../api/yaml/document';
import type { GeneratorConfig, GeneratorOptionsConfig } from '../config/types';
import { wrapped } from '../errors';
import type { Loader } from '../loader/loader';
import { setField } from '../node/fields';
import { lookup } from '../node/lookup';
import { addConfigMapData, base64Lines, dataNode } from '../resource/data';
import { setAnnotation, setLabel } from '../resource/meta';
import { behaviorOf, Resource } from '../resource/resource';
import type { Schemas } from '../schema';
import { loadPairs, type Pair } from './sources';

/** A ConfigMap or Secret from its sources. Source: api/internal/generators of kustomize. */
export async function generate(kind: 'ConfigMap' | 'Secret', config: GeneratorConfig, loader: Loader, schemas: Schemas): Promise<Resource> {
  const object = baseObject(kind, config);
  if (kind === 'Secret') setField(object, 'type', stringNode(config.type || 'Opaque'));
  const pairs = await validPairs(config, loader);
  if (kind === 'Secret') addSecretData(object, pairs);
  else for (const { key, value } of pairs) addConfigMapData(object, key, value);
  addOptions(object, config.options ?? {});
  const resource = new Resource(object, schemas);
  if (!config.options?.disableNameSuffixHash) resource.enable('needsHash');
  resource.behavior = behaviorOf(config.behavior ?? '');
  return resource;
}

function baseObject(kind: string, { name, namespace }: GeneratorConfig): YamlNode {
  if (!name) throw new Error('a configmap must have a name');
  const texts = ['apiVersion', 'v1', 'kind', kind];
  const object = collectionNode('mapping', texts.map((text) => scalarNode(text, tags.str)), tags.map);
  const metadata = lookup(object, ['metadata'], 'mapping')!;
  setField(metadata, 'name', stringNode(name));
  if (namespace) setField(metadata, 'namespace', stringNode(namespace));
  return object;
}

async function validPairs(config: GeneratorConfig, loader: Loader): Promise<Pair[]> {
  let pairs: Pair[];
  try {
    pairs = await loadPairs(loader, config);
  } catch (error) {
    throw wrapped(error, 'loading KV pairs');
  }
  const seen = new Set<string>();
  for (const { key } of pairs) {
    if (seen.has(key)) throw new Error(`configmap ${config.name} illegally repeats the key \`${key}\``);
    seen.add(key);
  }
  return pairs.sort((a, b) => (a.key < b.key ? -1 : 1));
}

function addSecretData(object: YamlNode, pairs: readonly Pair[]): void {
  const data = lookup(object, ['data'], 'mapping')!;
  for (const { key, value } of pairs) setField(data, key, dataNode(base64Lines(value)));
}

function addOptions(object: YamlNode, { labels = {}, annotations = {}, immutable }: GeneratorOptionsConfig): void {
  for (const key of Object.keys(labels).sort()) setLabel(object, key, labels[key]!);
  for (const key of Object.keys(annotations).sort()) setAnnotation(object, key, annotations[key]!);
  if (immutable) setField(object, 'immutable', scalarNode('true', tags.bool));
}

/** What a generator says itself comes first, but what all of them are told to leave or to do they cannot undo. */
export function withGlobalOptions(local: GeneratorOptionsConfig | undefined, global: GeneratorOptionsConfig | undefined): GeneratorOptionsConfig | undefined {
  if (!global) return local;
  return {
    ...local,
    ...((local?.labels || global.labels) && { labels: { ...global.labels, ...local?.labels } }),
    ...((local?.annotations || global.annotations) && { annotations: { ...global.annotations, ...local?.annotations } }),
    ...(global.disableNameSuffixHash && { disableNameSuffixHash: true }),
    ...(global.immutable && { immutable: true }),
  };
}
