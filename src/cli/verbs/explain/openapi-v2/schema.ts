import { resolveRef, type Document, type GroupVersionKind, type Schema } from '../document';

/** The part of an OpenAPI v2 document that explain reads. */
export interface DocumentV2 {
  readonly definitions?: Readonly<Record<string, Schema>>;
}

/**
 * A schema as kubectl's printers tell them apart, after k8s.io/kube-openapi/pkg/util/proto. References are followed
 * when they are asked, since types refer to themselves.
 */
export type Model = { readonly description: string } & (
  | { readonly is: 'object'; readonly fields: ReadonlyMap<string, Model>; readonly required: ReadonlySet<string> }
  | { readonly is: 'list' | 'map'; readonly of: Model }
  | { readonly is: 'reference'; readonly to: string; target(): Model }
  | { readonly is: 'value'; readonly type: string }
  | { readonly is: 'anything' }
);

const anything: Model = { is: 'anything', description: '' };

export function modelOf(document: DocumentV2, schema: Schema): Model {
  const { description = '', type, $ref, properties, required = [], items, additionalProperties } = schema;
  if ($ref) {
    return { is: 'reference', description, to: $ref, target: () => modelOf(document, resolveRef(schema, document as unknown as Document) ?? {}) };
  }
  if (properties && (!type || type === 'object')) {
    const fields = Object.keys(properties).sort().map((name) => [name, modelOf(document, properties[name]!)] as const);
    return { is: 'object', description, fields: new Map(fields), required: new Set(required) };
  }
  if (!type) return { is: 'anything', description };
  if (type === 'object') return { is: 'map', description, of: typeof additionalProperties === 'object' ? modelOf(document, additionalProperties) : anything };
  if (type === 'array') return { is: 'list', description, of: items ? modelOf(document, items) : anything };
  return { is: 'value', description, type };
}

export function findKind({ definitions = {} }: DocumentV2, { group, version, kind }: GroupVersionKind): Schema | undefined {
  return Object.values(definitions).find((schema) => schema['x-kubernetes-group-version-kind']?.some((known) =>
    known.group === group && known.version === version && known.kind === kind));
}

/** Follows the path through lists, maps and references. Throws for a field that is not there. */
export function lookUp(model: Model, path: readonly string[]): Model {
  if (model.is === 'value' || model.is === 'anything' || !path.length) return model;
  if (model.is === 'reference') return lookUp(model.target(), path);
  if (model.is !== 'object') return lookUp(model.of, path);
  const [name, ...rest] = path as [string, ...string[]];
  const field = model.fields.get(name);
  if (!field) throw new Error(`field ${JSON.stringify(name)} does not exist`);
  return lookUp(field, rest);
}

/** `string`, `Object`, `[]Object`, `map[string]string`; '' for what may be anything. */
export function typeText(model: Model): string {
  switch (model.is) {
    case 'object': return 'Object';
    case 'list': return `[]${typeText(model.of)}`;
    case 'map': return `map[string]${typeText(model.of)}`;
    case 'reference': return typeText(model.target());
    case 'value': return model.type;
    case 'anything': return '';
  }
}
