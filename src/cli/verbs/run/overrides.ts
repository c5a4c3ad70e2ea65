import type { Pod } from '../../../api/generated/core.v1';

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
  const { normalise } = await import('../../../api/decode');
  return normalise(apply(parsed(overrides, type)), podType) as unknown as Pod;
}

function parsed(overrides: string, type: string): unknown {
  try {
    return JSON.parse(overrides);
  } catch {
    throw new Error(type === 'strategic' ? 'invalid JSON document' : 'Invalid JSON Patch');
  }
}
