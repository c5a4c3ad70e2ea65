import { forbidden, notFound } from '../../../api/errors';
import type { Unstructured } from '../../../api/meta';
import { forbiddenBy } from '../registry/admit';
import type { AdmissionPlugin, AdmissionRequest } from '../registry/registry';

const namespaces = { group: '', plural: 'namespaces' };
const immortal = new Set(['default', 'kube-system', 'kube-public']);

/** Source: k8s.io/apiserver/pkg/admission/plugin/namespace/lifecycle. */
export const namespaceLifecycle: AdmissionPlugin = {
  name: 'NamespaceLifecycle',
  operations: ['CREATE', 'UPDATE', 'DELETE'],
  admit(request, { store }) {
    const { operation, kind, namespace, name } = request;
    if (!kind.namespaced) {
      if (operation === 'DELETE' && kind.plural === namespaces.plural && !kind.group && immortal.has(name)) {
        throw forbidden(namespaces, name, 'this namespace may not be deleted');
      }
      return;
    }
    if (operation === 'DELETE') return;
    const found = store.get(`/namespaces/${namespace}`)?.object as (Unstructured & { status?: { phase?: string } }) | undefined;
    if (!found) throw notFound(namespaces, namespace!);
    if (operation === 'CREATE' && (found.metadata.deletionTimestamp || found.status?.phase === 'Terminating')) {
      throw terminating(request);
    }
  },
};

function terminating(request: AdmissionRequest) {
  const { namespace } = request;
  const error = forbiddenBy(request, `unable to create new content in namespace ${namespace} because it is being terminated`);
  error.status.details = {
    ...error.status.details,
    causes: [{ reason: 'NamespaceTerminating', message: `namespace ${namespace} is being terminated`, field: 'metadata.namespace' }],
  };
  return error;
}
