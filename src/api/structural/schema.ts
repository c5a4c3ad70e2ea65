/** JSONSchemaProps as it is stored: `items` one schema, `additionalProperties` a schema or a boolean. */
export interface Schema {
  readonly type?: string;
  readonly format?: string;
  readonly title?: string;
  readonly description?: string;
  readonly default?: unknown;
  readonly maximum?: number;
  readonly exclusiveMaximum?: boolean;
  readonly minimum?: number;
  readonly exclusiveMinimum?: boolean;
  readonly maxLength?: number;
  readonly minLength?: number;
  readonly pattern?: string;
  readonly maxItems?: number;
  readonly minItems?: number;
  readonly uniqueItems?: boolean;
  readonly multipleOf?: number;
  readonly enum?: readonly unknown[];
  readonly maxProperties?: number;
  readonly minProperties?: number;
  readonly required?: readonly string[];
  readonly items?: Schema;
  readonly allOf?: readonly Schema[];
  readonly oneOf?: readonly Schema[];
  readonly anyOf?: readonly Schema[];
  readonly not?: Schema;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly additionalProperties?: Schema | boolean;
  readonly nullable?: boolean;
  readonly 'x-kubernetes-preserve-unknown-fields'?: boolean;
  readonly 'x-kubernetes-embedded-resource'?: boolean;
  readonly 'x-kubernetes-int-or-string'?: boolean;
  readonly 'x-kubernetes-list-map-keys'?: readonly string[];
  readonly 'x-kubernetes-list-type'?: string;
  readonly 'x-kubernetes-map-type'?: string;
  readonly 'x-kubernetes-validations'?: readonly ValidationRule[];
}

export interface ValidationRule {
  readonly rule: string;
  readonly message?: string;
  readonly messageExpression?: string;
  readonly reason?: string;
  readonly fieldPath?: string;
  readonly optionalOldSelf?: boolean;
}

export type Members = Record<string, unknown>;

export const isMembers = (value: unknown): value is Members => typeof value === 'object' && value !== null && !Array.isArray(value);

/** What every object has beside what its schema says. */
export const metaFields: ReadonlySet<string> = new Set(['apiVersion', 'kind', 'metadata']);

/** `properties` hold names that a client chose: own members only. */
export const propertyOf = (schema: Schema | undefined, name: string): Schema | undefined =>
  (schema?.properties && Object.hasOwn(schema.properties, name) ? schema.properties[name] : undefined);

/** The schema of the values of a map by arbitrary names; undefined where they have none. */
export const valuesOf = ({ additionalProperties }: Schema): Schema | undefined =>
  (typeof additionalProperties === 'object' ? additionalProperties : undefined);

/** The schema of a member, declared or not. */
export const memberOf = (schema: Schema | undefined, name: string): Schema | undefined =>
  (schema ? propertyOf(schema, name) ?? valuesOf(schema) : undefined);

/** Whether one of the schemas in a schema, itself among them, is such a one. */
export function someSchema(schema: Schema | undefined, test: (schema: Schema) => boolean): boolean {
  if (!schema) return false;
  const { properties = {}, items, allOf = [], anyOf = [], oneOf = [], not } = schema;
  return test(schema) || [...Object.values(properties), valuesOf(schema), items, ...allOf, ...anyOf, ...oneOf, not].some((inner) => someSchema(inner, test));
}

/** `a.b`, and `a` at the root. */
export const below = (path: string, name: string): string => (path ? `${path}.${name}` : name);
