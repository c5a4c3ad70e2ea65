import { timestamp } from '../../../api/clock';
import { applyConfiguration, type FieldScope } from '../../../api/managed-fields';
import type { Unstructured } from '../../../api/meta';
import { hasTypeSchema } from '../../../api/schema';
import type { Kind } from '../../../kinds/kind';
import type { WriteContext } from './context';

/** What an apply has to know beside its configuration. */
export interface Applying {
  readonly scope: FieldScope;
  readonly nowMs: number;
  readonly force: boolean;
}

/** Server-side apply: the object with its managers after it. Throws Conflict, BadRequest. */
export function apply(kind: Kind, current: Unstructured | undefined, configuration: Unstructured, { scope, nowMs, force }: Applying, { fieldManager }: WriteContext): Unstructured {
  const applied = applyConfiguration(scope, current, configuration, { manager: fieldManager ?? '', force, time: timestamp(nowMs) });
  // Decoding drops the nulls of what has a schema.
  return hasTypeSchema(kind.schema) ? applied : withoutNulls(applied);
}

function withoutNulls<T>(value: T): T {
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map(withoutNulls) as T;
  return Object.fromEntries(Object.entries(value).filter(([, member]) => member !== null).map(([name, member]) => [name, withoutNulls(member as unknown)])) as T;
}
