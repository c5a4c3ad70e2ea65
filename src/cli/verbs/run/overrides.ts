import { parseExactJson } from '../../../api/exact-json';
import type { Pod } from '../../../api/generated/core.v1';
import type { Unstructured } from '../../../api/meta';
import { inGoOrder } from '../../print/go-order';

const podType = 'io.k8s.api.core.v1.Pod';

/** Changes the generated pod as --overrides says; the result is a pod again, in Go's order. */
export async function overridden(pod: Pod, overrides: string, type: string): Promise<Pod> {
  if (!overrides) return pod;
  const { jsonPatch, mergePatch, strategicMergePatch } = await import('../../../api/patch');
  const patchers: Record<string, (patch: unknown) => unknown> = {
    '': (patch) => mergePatch(pod, patch),
    merge: (patch) => mergePatch(pod, patch),
    json: (patch) => jsonPatch(pod, patch as Parameters<typeof jsonPatch>[1]),
    strategic: (patch) => strategicMergePatch(pod, patch, podType),
  };
  const apply = Object.hasOwn(patchers, type) ? patchers[type] : undefined;
  if (!apply) throw new Error(`invalid override type: ${type}`);
  const changed = apply(parsed(overrides, type));
  try {
    return await inGoOrder(changed as Pod & Unstructured, podType);
  } catch (error) {
    throw new Error((error as Error).message.replace(/^Pod in version .* cannot be handled as a Pod: /, ''));
  }
}

function parsed(overrides: string, type: string): unknown {
  try {
    return parseExactJson(overrides);
  } catch {
    throw new Error(type === 'strategic' ? 'invalid JSON document' : 'Invalid JSON Patch');
  }
}
