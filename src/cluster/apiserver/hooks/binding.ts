import { subresourceHandlers } from '../registry/subresources';
import type { Hooks } from '../registry/registry';

const pods = { group: '', version: 'v1', resource: 'pods' };

/** Binds the pod that the binding is named after. After LegacyBindingREST in k8s.io/kubernetes/pkg/registry/core/pod/storage. */
export const bindingHooks: Hooks = {
  async take(registry, namespace, object, context) {
    const target = { registry, kind: registry.kinds.find(pods)!, namespace, name: object.metadata.name };
    return (await subresourceHandlers.binding!.create!(target, object, context)).object;
  },
};
