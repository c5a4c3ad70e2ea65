import type { Unstructured } from '../../../api/meta';
import type { Hooks } from '../registry/registry';

interface Namespace extends Unstructured {
  spec?: { finalizers?: string[] };
  status?: { phase?: string };
}

/** A namespace goes when its finalizers in spec are gone. After k8s.io/kubernetes/pkg/registry/core/namespace/storage. */
export const namespaceHooks: Hooks = {
  holdsDeletion: (object) => ((object as Namespace).spec?.finalizers?.length ?? 0) > 0,
  deleting(object) {
    const namespace = object as Namespace;
    namespace.status = { ...namespace.status, phase: 'Terminating' };
  },
};
