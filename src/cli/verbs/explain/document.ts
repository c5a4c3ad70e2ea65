/** As much of an OpenAPI v3 document as explain reads. */
export interface Document {
  paths: Record<string, Record<string, { 'x-kubernetes-group-version-kind'?: GroupVersionKind } | undefined>>;
  components?: { schemas?: Record<string, Schema> };
}

export interface GroupVersionKind {
  group: string;
  version: string;
  kind: string;
}

export interface Schema {
  $ref?: string;
  type?: string;
  description?: string;
  properties?: Record<string, Schema>;
  required?: string[];
  items?: Schema;
  additionalProperties?: Schema | boolean;
  allOf?: Schema[];
  enum?: unknown[];
  'x-kubernetes-group-version-kind'?: GroupVersionKind[];
}

/** What a schema's $ref points to within the document; undefined when it has none or leads nowhere. */
export function resolveRef({ $ref }: Schema, document: Document): Schema | undefined {
  if (!$ref?.startsWith('#/')) return undefined;
  let current: unknown = document;
  for (const part of $ref.slice(2).split('/')) {
    if (typeof current !== 'object' || current === null) return undefined;
    current = (current as Record<string, unknown>)[part];
  }
  return current as Schema | undefined;
}

/** The schema of a map's values. */
export const valuesOf = ({ additionalProperties }: Schema): Schema | undefined =>
  typeof additionalProperties === 'object' ? additionalProperties : undefined;

const methods = ['get', 'post', 'put', 'patch', 'delete'];

/** The kind that the operations on a resource are about. */
export function kindOf(document: Document, { group, version, resource }: { group: string; version: string; resource: string }): GroupVersionKind | undefined {
  const prefix = `${group ? `/apis/${group}` : '/api'}/${version}`;
  const paths = [`${prefix}/${resource}`, `${prefix}/${resource}/{name}`, `${prefix}/namespaces/{namespace}/${resource}`, `${prefix}/namespaces/{namespace}/${resource}/{name}`];
  return paths.flatMap((path) => methods.map((method) => document.paths[path]?.[method]?.['x-kubernetes-group-version-kind'])).find(Boolean);
}

export function schemaOf(document: Document, wanted: GroupVersionKind): Schema | undefined {
  const schemas = Object.values(document.components?.schemas ?? {});
  return schemas.find((schema) => schema['x-kubernetes-group-version-kind']?.some(({ group, version, kind }) =>
    group === wanted.group && version === wanted.version && kind === wanted.kind));
}
