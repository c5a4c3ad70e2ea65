import { deepEqual } from '../../../api/equal';
import type { ConfigMap, Namespace } from '../../../api/generated/core.v1';
import { create, nothingToDo, update, type Plan } from '../../actions';
import { namespaceTerminating } from '../../failures';
import { reconciler, watch, type Observed, type Reconciler } from '../../reconciler';
import { configMaps, namespaces } from '../../resources';

const name = 'kube-root-ca.crt';

const description = 'Contains a CA bundle that can be used to verify the kube-apiserver when using internal endpoints such as the '
  + 'internal service IP or kubernetes.default.svc. No other usage is guaranteed across distributions of Kubernetes clusters.';

/**
 * Every namespace has the CA by which pods know the API server. `ca` is its PEM.
 * After k8s.io/kubernetes/pkg/controller/certificates/rootcacertpublisher.
 */
export const rootCAController = (ca: string): Reconciler => reconciler<Namespace>({
  name: 'root-ca-certificate-publisher-controller',
  resource: namespaces,
  watches: [watch<ConfigMap>({
    resource: configMaps,
    keys: ({ metadata }) => (metadata.name === name ? [metadata.namespace ?? ''] : []),
  })],
  reconcile: (namespace, observed) => reconcileRootCA(namespace, observed, ca),
});

export function reconcileRootCA({ metadata: { name: namespace, deletionTimestamp } }: Namespace, observed: Observed, ca: string): Plan {
  if (deletionTimestamp) return nothingToDo;
  const known = observed.get(configMaps, name, namespace);
  const data = { 'ca.crt': ca };
  const annotations = { ...known?.metadata.annotations, 'kubernetes.io/description': description };
  if (!known) return { actions: [create(configMaps, { metadata: { name, namespace, annotations }, data }, { tolerates: namespaceTerminating })] };
  if (deepEqual(known.data, data) && deepEqual(known.metadata.annotations, annotations)) return nothingToDo;
  return { actions: [update(configMaps, { ...known, metadata: { ...known.metadata, annotations }, data })] };
}
