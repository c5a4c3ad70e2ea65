import { hasTypeSchema, typeSchema, type FieldSchema, type FieldType } from '../../schema';
import { quote } from '../../go/quote';
import { failed } from '../errors';

/** How a field is merged, and what is below it: the items of a list, the members of a map. */
export interface FieldRule {
  type: FieldType;
  /** `merge`, `replace`, or '' which merges maps and replaces lists. */
  strategy: string;
  /** Members that the other side does not name are dropped. */
  retainKeys: boolean;
  /** '' for lists of scalars. */
  mergeKey: string;
}

const goKind = (type: FieldType) =>
  'map' in type ? 'map' : 'list' in type ? 'slice' : 'scalar' in type ? String(type.scalar) : 'struct';

/** Source: LookupPatchMetadataForStruct; like Go's decoder, it takes another case when the exact name is unknown. */
function fieldOf(type: FieldType, name: string): FieldSchema {
  if (!('ref' in type) || !hasTypeSchema(type.ref)) {
    throw failed(`merging an object in json but data type is not struct, instead is: ${goKind(type)}`);
  }
  const { byName, fields } = typeSchema(type.ref);
  const field = byName.get(name) ?? fields.find((candidate) => candidate.name.toLowerCase() === name.toLowerCase());
  if (field) return field;
  throw failed(`unable to find api field in struct ${type.ref.slice(type.ref.lastIndexOf('.') + 1)} for the json field ${quote(name)}`);
}

function rule(field: FieldSchema, type: FieldType): FieldRule {
  const strategies = field.patchStrategy?.split(',') ?? [];
  return {
    type,
    strategy: strategies.find((strategy) => strategy !== 'retainKeys') ?? '',
    retainKeys: strategies.includes('retainKeys'),
    mergeKey: field.patchMergeKey ?? '',
  };
}

/** The rule of a field that holds an object. */
export function mapRule(type: FieldType, name: string): FieldRule {
  const field = fieldOf(type, name);
  return rule(field, field.type);
}

/** The rule of a field that holds a list. */
export function listRule(type: FieldType, name: string): FieldRule {
  const field = fieldOf(type, name);
  if ('list' in field.type) return rule(field, field.type.list);
  // Upstream names the kind of the struct that holds the field here, not the field's own.
  throw failed('expected slice or array type, but got: struct');
}
