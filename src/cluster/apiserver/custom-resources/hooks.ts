import type { CustomResourceDefinition } from '../../../api/generated/apiextensions.v1';
import type { Unstructured } from '../../../api/meta';
import type { Hooks } from '../registry/registry';
import { terminating, withCondition } from './conditions';

/** Holds a definition until its objects are gone. */
export const cleanupFinalizer = 'customresourcecleanup.apiextensions.k8s.io';

const asDefinition = (object: Unstructured) => object as unknown as CustomResourceDefinition;

/** Source: the Delete of k8s.io/apiextensions-apiserver/pkg/registry/customresourcedefinition. */
export const definitionHooks: Hooks = {
  holdsDeletion: ({ metadata }) => !metadata.deletionTimestamp || (metadata.finalizers?.includes(cleanupFinalizer) ?? false),
  deleting(object) {
    const definition = asDefinition(object);
    const { metadata, status } = definition;
    // A deletion under way is not begun again.
    if (status?.conditions?.some(({ type }) => type === 'Terminating')) return;
    metadata.finalizers = [...new Set([...(metadata.finalizers ?? []), cleanupFinalizer])];
    definition.status = withCondition(status, terminating('True', 'InstanceDeletionPending',
      'CustomResourceDefinition marked for deletion; CustomResource deletion will begin soon'), Date.parse(metadata.deletionTimestamp!));
  },
};
