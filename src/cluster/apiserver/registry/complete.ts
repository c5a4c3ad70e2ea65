import { invalid, type FieldError } from '../../../api/errors';
import type { Unstructured } from '../../../api/meta';
import { applySchemaDefaults } from '../../../api/schema/defaults';
import { hasTypeSchema } from '../../../api/schema';
import type { Kind } from '../../../kinds/kind';

/** Schema constants, then the strategy's own. In place, idempotent. */
export function setDefaults(kind: Kind, object: Unstructured): void {
  if (hasTypeSchema(kind.schema)) applySchemaDefaults(object, kind.schema);
  kind.strategy.setDefaults?.(object);
}

/** What metadata.generation counts the changes of; undefined where the kind has no generation. */
export const generationOf = (kind: Kind, object: Unstructured): unknown =>
  kind.strategy.generationOf ? kind.strategy.generationOf(object) : object.spec;

/** Throws Invalid when there are errors. */
export function refuseInvalid(kind: Kind, name: string, errors: FieldError[]): void {
  if (errors.length) throw invalid(kind, name, errors);
}
