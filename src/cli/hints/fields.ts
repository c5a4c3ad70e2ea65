import { typeSchema, type FieldType } from '../../api/schema';
import { schemaKeyOf } from '../../api/schema/keys';

/** The names that may stand where the last step of `path` does, in an object of a built-in kind. */
export function fieldsAt(apiVersion: string, kind: string, path: readonly string[]): string[] {
  const key = schemaKeyOf(apiVersion, kind);
  let type: FieldType | undefined = key ? { ref: key } : undefined;
  for (const step of path.slice(0, -1)) type = type && below(type, step);
  return type && 'ref' in type ? [...typeSchema(type.ref).byName.keys()] : [];
}

/** Positions in lists are no steps. */
function below(type: FieldType, step: string): FieldType | undefined {
  const found = 'ref' in type ? typeSchema(type.ref).byName.get(step)?.type : 'map' in type ? type.map : undefined;
  return found && 'list' in found ? found.list : found;
}
