import type { Unstructured } from '../../../api/meta';
import { mergePatch, strategicMergePatch } from '../../../api/patch';
import { hasTypeSchema } from '../../../api/schema';
import type { Kind } from '../../../kinds/kind';

/**
 * Server-side apply: the configuration merged into the object, or the object itself where there is none yet.
 * The module boundary for field ownership: who manages which field is not recorded, so that fields which a later
 * configuration leaves out stay.
 */
export function applyConfiguration(kind: Kind, current: Unstructured | undefined, configuration: Unstructured): unknown {
  if (!current) return configuration;
  return hasTypeSchema(kind.schema) ? strategicMergePatch(current, configuration, kind.schema) : mergePatch(current, configuration);
}
