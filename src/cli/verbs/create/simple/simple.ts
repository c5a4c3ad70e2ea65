import type { Namespace, ServiceAccount } from '../../../../api/generated/core.v1';
import type { GlobalFlags } from '../../../flags/global';
import type { Input } from '../../../flags/spec';
import type { Session } from '../../../session';
import type { createSharedFlags } from '../flags';
import { createGenerated, nameFrom } from '../generated';
import { metadataOf } from '../metadata';

type SimpleInput = Input<typeof createSharedFlags & GlobalFlags>;

/** After create_namespace.go. */
export async function createNamespace(session: Session, input: SimpleInput): Promise<void> {
  const name = nameFrom(input, 'kubectl create namespace');
  await createGenerated<Namespace>(session, input, () => ({
    resource: { group: '', version: 'v1', plural: 'namespaces', namespaced: false }, type: 'io.k8s.api.core.v1.Namespace',
    object: { kind: 'Namespace', apiVersion: 'v1', metadata: metadataOf(name), spec: {}, status: {} },
  }));
}

/** After create_serviceaccount.go. */
export async function createServiceAccount(session: Session, input: SimpleInput): Promise<void> {
  const name = nameFrom(input, 'kubectl create serviceaccount');
  await createGenerated<ServiceAccount>(session, input, async () => ({
    resource: { group: '', version: 'v1', plural: 'serviceaccounts', namespaced: true }, type: 'io.k8s.api.core.v1.ServiceAccount',
    object: { kind: 'ServiceAccount', apiVersion: 'v1', metadata: metadataOf(name, await session.namespace()) }, failure: 'failed to create serviceaccount:',
  }));
}
