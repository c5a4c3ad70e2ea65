import { deepEqual } from '../../../api/equal';
import type { FlowSchema, PriorityLevelConfiguration } from '../../../api/generated/flowcontrol.v1';
import type { Client } from '../../../client/client';
import { mandatoryLevels, mandatorySchemas } from '../../../kinds/flowcontrol.apiserver.k8s.io/defaults/mandatory';
import { autoUpdateAnnotation } from '../../../kinds/flowcontrol.apiserver.k8s.io/defaults/objects';
import { suggestedLevels, suggestedSchemas } from '../../../kinds/flowcontrol.apiserver.k8s.io/defaults/suggested';
import { flowSchemas, priorityLevelConfigurations } from '../../../kinds/resources';
import { ensureAll, nothing, type Step } from './ensure-all';

type Configuration = FlowSchema | PriorityLevelConfiguration;

/** Creates the default schemas and levels, and at later starts brings back those that nobody has made their own. */
export async function ensureFlowControl(client: Client): Promise<void> {
  const suggested = <T extends Configuration>(existing: T | undefined, expected: T) => revised(existing, expected, existing !== undefined && isAutoUpdated(existing));
  const mandatory = <T extends Configuration>(existing: T | undefined, expected: T) => revised(existing, expected, true);
  await Promise.all([
    ensureAll(client, priorityLevelConfigurations, suggestedLevels, suggested),
    ensureAll(client, priorityLevelConfigurations, mandatoryLevels, mandatory),
    ensureAll(client, flowSchemas, suggestedSchemas, suggested),
    ensureAll(client, flowSchemas, mandatorySchemas, mandatory),
  ]);
}

/** Source: shouldUpdateSpec in pkg/registry/flowcontrol/ensurer/strategy.go. */
function isAutoUpdated({ metadata }: Configuration): boolean {
  const said = metadata.annotations?.[autoUpdateAnnotation];
  return said === 'true' || (said !== 'false' && metadata.generation === 1);
}

function revised<T extends Configuration>(existing: T | undefined, expected: T, restores: boolean): Step<T> {
  if (!existing) return { type: 'create', object: expected };
  const annotations = { ...existing.metadata.annotations, [autoUpdateAnnotation]: String(restores) };
  const object: T = { ...existing, metadata: { ...existing.metadata, annotations }, spec: restores && !lendsOnly(existing, expected) ? expected.spec : existing.spec };
  return deepEqual(object, existing) ? nothing : { type: 'update', object };
}

/** How the exempt level lends is for the admin to say. */
const lendsOnly = ({ spec }: Configuration, { metadata, spec: expected }: Configuration): boolean =>
  metadata.name === 'exempt' && 'exempt' in spec && deepEqual({ ...spec, exempt: undefined }, { ...expected, exempt: undefined });
