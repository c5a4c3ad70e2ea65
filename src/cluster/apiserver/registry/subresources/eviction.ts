import type { DeleteOptions, Unstructured } from '../../../../api/meta';
import { badRequest } from '../../../../api/errors';
import { deleteEntry } from '../delete';
import type { SubresourceHandler } from './subresource';

/** Deletes the pod with the options that the eviction carries. */
export const eviction: SubresourceHandler = {
  type: { group: 'policy', version: 'v1', kind: 'Eviction', schema: 'io.k8s.api.policy.v1.Eviction' },
  async create({ registry, kind, namespace, name }, object, context) {
    if (object.metadata.name && object.metadata.name !== name) throw badRequest('name in URL does not match name in Eviction object');
    await deleteEntry(registry, kind, namespace, name, (object.deleteOptions ?? {}) as DeleteOptions, context, true);
    return { object: { kind: 'Status', apiVersion: 'v1', metadata: {}, status: 'Success', code: 201 } as unknown as Unstructured, code: 201 };
  },
};
