import { isNull, scalarNode, tags, type YamlNode } from '../../../api/yaml/document';
import { fieldNames, member, requireKind, setField } from '../node/fields';
import type { Schema } from '../schema';
import { takeDirective } from './directive';
import { mergeList, type Sources } from './lists';

interface Merged {
  /** Undefined: nothing is left. */
  node: YamlNode | undefined;
  /** A null that stood in the patched object stays. */
  keepNull?: boolean;
}

/** Where a walk finds the schemas of kinds. */
export interface SchemaSource {
  forType(apiVersion: string, kind: string): Schema | undefined;
}

const nothing: Merged = { node: undefined };

/** Merges a patch into a node, both changing on the way. Throws WrongKind, and for unknown directives. Sources: kyaml's merge2 and walk. */
function mergeNodes(sources: Sources, schemas: SchemaSource, known?: Schema): Merged {
  const schema = known ?? schemaOf(sources, schemas);
  const kind = sources.find((node) => !isNull(node))?.kind ?? 'mapping';
  const hasSome = sources.some((node) => !isNull(node));
  if (hasSome) for (const node of sources) requireKind(node, kind);
  if (kind === 'mapping') return mergeMaps(sources, schemas, schema);
  takeEmptyStyle(sources);
  if (kind === 'scalar' || !schema?.mergeKeys) return { node: sources[1] ?? sources[0] };
  const list = visitList(sources);
  if (!list) return nothing;
  const mergeItem = (items: Sources) => mergeNodes(items, schemas, schema.elements()).node;
  return { node: mergeList(list, [list, sources[1]], { keys: schema.mergeKeys, mergeItem }) };
}

/** An object tells its kind itself, wherever it stands. */
function schemaOf(sources: Sources, schemas: SchemaSource): Schema | undefined {
  for (const node of sources) {
    if (isNull(node)) continue;
    const [apiVersion, kind] = [member(node, 'apiVersion')?.value, member(node, 'kind')?.value];
    const schema = apiVersion && kind ? schemas.forType(apiVersion, kind) : undefined;
    if (schema) return schema;
  }
  return undefined;
}

/** What was empty is written as the patch is: braces around nothing are not meant to stay around something. */
function takeEmptyStyle([dest, patch]: Sources): void {
  if (dest && patch && dest.kind !== 'scalar' && dest.content.length === 0) dest.takeStyle(patch);
}

function visitMap(sources: Sources): Merged {
  takeEmptyStyle(sources);
  const [dest, patch] = sources;
  if (isNull(dest)) {
    if (isDeleted(patch)) return nothing;
    if (!patch && dest && (dest as YamlNode).value) return { node: scalarNode((dest as YamlNode).value, tags.null), keepNull: true };
    return { node: patch };
  }
  if (patch?.tag === tags.null) return nothing;
  const directive = takeDirective(patch);
  return { node: directive === 'delete' ? undefined : directive === 'replace' ? patch : dest };
}

/** What is wrong with a directive does not matter where there is nothing to patch. */
function isDeleted(patch: YamlNode | undefined): boolean {
  try {
    return takeDirective(patch) === 'delete';
  } catch {
    return false;
  }
}

function visitList([dest, patch]: Sources): YamlNode | undefined {
  if (isNull(dest)) return patch;
  if (patch?.tag === tags.null) return undefined;
  const directive = takeDirective(patch);
  return directive === 'delete' ? undefined : directive === 'replace' ? patch : dest;
}

function mergeMaps(sources: Sources, schemas: SchemaSource, schema: Schema | undefined): Merged {
  const visited = visitMap(sources);
  const dest = visited.node;
  if (!dest) return nothing;
  const both: Sources = [dest, sources[1]];
  for (const name of namesIn(both)) {
    const values = both.map((node) => node && member(node, name)) as Sources;
    const { node, keepNull } = mergeNodes(values, schemas, schema?.field(name));
    setField(dest, name, node, keepNull, keyOf(both, values, node, name));
  }
  return visited;
}

const namesIn = (sources: Sources): string[] =>
  [...new Set(sources.flatMap((node) => (node && node.kind === 'mapping' ? fieldNames(node) : [])))].sort();

/** The key that a value has where it comes from, for its style. */
function keyOf(sources: Sources, values: Sources, value: YamlNode | undefined, name: string): YamlNode | undefined {
  const source = sources[value === undefined ? -1 : values.lastIndexOf(value)];
  return source?.content.find((key, i) => i % 2 === 0 && key.value === name);
}

/** Merges a patch into an object. Undefined when the patch deletes it. */
export function mergeObject(object: YamlNode, patch: YamlNode, schemas: SchemaSource): YamlNode | undefined {
  return mergeNodes([object, patch], schemas).node;
}
