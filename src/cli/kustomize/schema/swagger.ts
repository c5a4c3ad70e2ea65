import { parseYamlOrJson } from '../../../api/yaml';
import type { Schema } from './schema';

type Json = Record<string, unknown>;

const isMap = (value: unknown): value is Json => typeof value === 'object' && value !== null && !Array.isArray(value);
const mapAt = (value: unknown, key: string): Json => (isMap(value) && isMap(value[key]) ? value[key] : {});

const gvkExtension = 'x-kubernetes-group-version-kind';

/** `<apiVersion> <kind>` of a x-kubernetes-group-version-kind entry. */
function typeName(entry: unknown): string | undefined {
  if (!isMap(entry)) return undefined;
  const { group, version, kind } = entry;
  return `${group ? `${String(group)}/` : ''}${String(version)} ${String(kind)}`;
}

/** An OpenAPI v2 document of the user's own: types and scopes of kinds. */
export interface Swagger {
  schemas: Map<string, Schema>;
  /** Whether a kind belongs to a namespace. */
  namespaced: Map<string, boolean>;
}

/** Throws what is wrong with the text. */
export function parseSwagger(text: string): Swagger {
  const document = parseYamlOrJson(text);
  const definitions = mapAt(document, 'definitions');
  const schemas = new Map<string, Schema>();
  for (const definition of Object.values(definitions)) {
    const entries = isMap(definition) ? definition[gvkExtension] : undefined;
    for (const entry of Array.isArray(entries) ? entries : []) {
      const name = typeName(entry);
      if (name) schemas.set(name, new Definition(definition as Json, definitions));
    }
  }
  return { schemas, namespaced: scopesOf(mapAt(document, 'paths')) };
}

function scopesOf(paths: Json): Map<string, boolean> {
  const scopes = new Map<string, boolean>();
  for (const [path, operations] of Object.entries(paths)) {
    const name = typeName(mapAt(operations, 'get')[gvkExtension]);
    if (!name) continue;
    if (path.includes('namespaces/{namespace}')) scopes.set(name, true);
    else if (!scopes.has(name)) scopes.set(name, false);
  }
  return scopes;
}

class Definition implements Schema {
  constructor(private readonly definition: Json, private readonly definitions: Json) {}

  get mergeKeys(): readonly string[] | undefined {
    const strategy = this.definition['x-kubernetes-patch-strategy'];
    if (typeof strategy !== 'string' || !strategy.split(',').includes('merge')) return undefined;
    const keys = this.definition['x-kubernetes-list-map-keys'];
    if (Array.isArray(keys)) return keys.map(String);
    const key = this.definition['x-kubernetes-patch-merge-key'];
    return typeof key === 'string' ? [key] : [];
  }

  field(name: string): Schema | undefined {
    const properties = mapAt(this.definition, 'properties');
    return this.resolve(Object.hasOwn(properties, name) ? properties[name] : this.definition.additionalProperties);
  }

  elements(): Schema | undefined {
    return this.definition.type === 'array' ? this.resolve(this.definition.items) : undefined;
  }

  private resolve(schema: unknown): Schema | undefined {
    let at = schema;
    for (let left = 100; isMap(at) && typeof at.$ref === 'string' && left > 0; left--) {
      at = this.definitions[at.$ref.replace(/^#\/definitions\//, '').replaceAll('~1', '/').replaceAll('~0', '~')];
    }
    return isMap(at) ? new Definition(at, this.definitions) : undefined;
  }
}
