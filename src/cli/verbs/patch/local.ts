import { groupVersion, parseGroupVersion, type Unstructured } from '../../../api/meta';
import { schemaKeyOf } from '../../../api/schema/keys';
import type { PatchType } from '../../../client/client';

type Patcher = (object: Unstructured, patch: unknown) => Promise<unknown>;

const patchers: Readonly<Partial<Record<PatchType, Patcher>>> = {
  async json(object, patch) {
    const { jsonPatch } = await import('../../../api/patch');
    return jsonPatch(object, patch as Parameters<typeof jsonPatch>[1]);
  },
  async merge(object, patch) {
    const { mergePatch } = await import('../../../api/patch');
    return mergePatch(object, patch);
  },
  async strategic(object, patch) {
    const { strategicMergePatch } = await import('../../../api/patch');
    const { apiVersion = '', kind = '' } = object;
    const key = schemaKeyOf(apiVersion, kind);
    if (!key) throw new Error(`strategic merge patch is not supported for ${groupVersion(parseGroupVersion(apiVersion))}, Kind=${kind} locally, try --type merge`);
    return strategicMergePatch(object, patch, key);
  },
};

/** The object as the server would patch it. Throws what is wrong with the patch. */
export async function patchedLocally(object: Unstructured, type: PatchType, patch: unknown): Promise<Unstructured> {
  return await patchers[type]!(object, patch) as Unstructured;
}
