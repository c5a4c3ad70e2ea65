/** The static types of expressions. Source: k8s.io-independent, cel-go's checker/types.go. */
export type Type = PlainType | TypeOfTypes | ListType | MapType | ObjectType | OpaqueType | TypeParameter;

export interface PlainType {
  readonly kind: 'bool' | 'int' | 'uint' | 'double' | 'string' | 'bytes' | 'null' | 'dyn' | 'error' | 'timestamp' | 'duration';
}

export interface TypeOfTypes {
  readonly kind: 'type';
  readonly of?: Type;
}

export interface ListType {
  readonly kind: 'list';
  readonly element: Type;
}

export interface MapType {
  readonly kind: 'map';
  readonly key: Type;
  readonly value: Type;
}

/** A structure of declared fields. Two of one name are the same. */
export interface ObjectType {
  readonly kind: 'object';
  readonly name: string;
  field(name: string): Type | undefined;
}

/** `optional_type(A)`, `kubernetes.Quantity` */
export interface OpaqueType {
  readonly kind: 'opaque';
  readonly name: string;
  readonly parameters: readonly Type[];
}

export interface TypeParameter {
  readonly kind: 'parameter';
  readonly name: string;
}

const plain = <K extends PlainType['kind']>(kind: K): PlainType => ({ kind });

export const types = {
  bool: plain('bool'), int: plain('int'), uint: plain('uint'), double: plain('double'), string: plain('string'), bytes: plain('bytes'),
  null: plain('null'), dyn: plain('dyn'), error: plain('error'), timestamp: plain('timestamp'), duration: plain('duration'),
} as const;

export const listOf = (element: Type): ListType => ({ kind: 'list', element });
export const mapOf = (key: Type, value: Type): MapType => ({ kind: 'map', key, value });
export const parameter = (name: string): TypeParameter => ({ kind: 'parameter', name });
export const opaque = (name: string, ...parameters: Type[]): OpaqueType => ({ kind: 'opaque', name, parameters });
export const typeType = (of?: Type): TypeOfTypes => ({ kind: 'type', ...(of && { of }) });

export const optionalName = 'optional_type';
export const optionalOf = (value: Type): OpaqueType => opaque(optionalName, value);
export const isOptional = (type: Type): type is OpaqueType => type.kind === 'opaque' && type.name === optionalName;

/** What is in an optional; the type itself where it is none. */
export const unwrapped = (type: Type): Type => (isOptional(type) ? type.parameters[0]! : type);

export const objectOf = (name: string, fields: Readonly<Record<string, Type>>): ObjectType =>
  ({ kind: 'object', name, field: (field) => (Object.hasOwn(fields, field) ? fields[field] : undefined) });

export const isDyn = ({ kind }: Type): boolean => kind === 'dyn' || kind === 'error';

/** As error messages print it. Source: FormatCELType. */
export function typeText(type: Type): string {
  switch (type.kind) {
    case 'error': return '!error!';
    case 'list': return `list(${typeText(type.element)})`;
    case 'map': return `map(${typeText(type.key)}, ${typeText(type.value)})`;
    case 'type': return type.of ? `type(${typeText(type.of)})` : 'type';
    case 'opaque': return type.parameters.length ? `${type.name}(${type.parameters.map(typeText).join(', ')})` : type.name;
    case 'object':
    case 'parameter': return type.name;
    default: return type.kind;
  }
}
