import type { Namespace, ServiceAccount } from '../../../api/generated/core.v1';
import { create, nothingToDo, type Plan } from '../../actions';
import { namespaceTerminating } from '../../failures';
import { reconciler, watch, type Observed } from '../../reconciler';
import { namespaces, serviceAccounts } from '../../resources';

const defaultName = 'default';

/** Every namespace has a service account for pods that name none. After k8s.io/kubernetes/pkg/controller/serviceaccount. */
export const serviceAccountController = reconciler<Namespace>({
  name: 'service-account-controller',
  resource: namespaces,
  watches: [watch<ServiceAccount>({
    resource: serviceAccounts,
    concerns: () => false,
    keys: ({ metadata }) => (metadata.name === defaultName ? [metadata.namespace ?? ''] : []),
  })],
  reconcile: reconcileDefaultAccount,
});

export function reconcileDefaultAccount({ metadata }: Namespace, observed: Observed): Plan {
  if (metadata.deletionTimestamp || observed.get(serviceAccounts, defaultName, metadata.name)) return nothingToDo;
  return { actions: [create(serviceAccounts, { metadata: { name: defaultName, namespace: metadata.name } }, { tolerates: namespaceTerminating })] };
}
