import type { Namespace } from '../../../api/generated/core.v1';
import type { Strategy } from '../../kind';
import { validateNamespace, validateNamespaceFinalizers, validateNamespaceUpdate } from './validation';

const finalizer = 'kubernetes';

/** After pkg/registry/core/namespace/strategy.go. */
export const namespaceStrategy: Strategy<Namespace> = {
  setDefaults(namespace) {
    const { name } = namespace.metadata;
    // A name still to be generated is not known here.
    if (name) namespace.metadata.labels = { ...namespace.metadata.labels, 'kubernetes.io/metadata.name': name };
    namespace.spec ??= {};
    namespace.status = { ...namespace.status, phase: namespace.status?.phase || 'Active' };
  },
  prepareForCreate(namespace) {
    namespace.status = { phase: 'Active' };
    namespace.spec.finalizers = [...new Set([...namespace.spec.finalizers ?? [], finalizer])];
  },
  prepareForUpdate(namespace, old) {
    namespace.spec.finalizers = old.spec.finalizers;
  },
  validate: validateNamespace,
  validateUpdate: validateNamespaceUpdate,
  validateFinalize: validateNamespaceFinalizers,
  generationOf: () => undefined,
};
