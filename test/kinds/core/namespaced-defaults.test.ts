import type { ConfigMap, Namespace } from '../../../src/api/generated/core.v1';
import type { CreateAction } from '../../../src/kinds/actions';
import { reconcileRootCA } from '../../../src/kinds/core/configmap/reconcile';
import { reconcileDefaultAccount } from '../../../src/kinds/core/serviceaccount/reconcile';
import { configMaps, serviceAccounts } from '../../../src/kinds/resources';
import { observedOf, told } from '../observed';

const namespace: Namespace = { metadata: { name: 'team' }, spec: {} };
const ending: Namespace = { metadata: { name: 'team', deletionTimestamp: '2026-01-01T00:00:00Z' }, spec: {} };

describe('what every namespace has', () => {
  it('is a service account', () => {
    expect(told(reconcileDefaultAccount(namespace, observedOf([serviceAccounts, []])).actions)).toEqual(['create serviceaccounts default']);
    expect(reconcileDefaultAccount(namespace, observedOf([serviceAccounts, [{ metadata: { name: 'default', namespace: 'team' } }]])).actions).toEqual([]);
    expect(reconcileDefaultAccount(ending, observedOf([serviceAccounts, []])).actions).toEqual([]);
  });

  it('is the CA of the API server, as it is now', () => {
    const [made] = reconcileRootCA(namespace, observedOf([configMaps, []]), 'PEM').actions as [CreateAction];
    const configMap = made.object as ConfigMap;
    expect(configMap).toMatchObject({ metadata: { name: 'kube-root-ca.crt', namespace: 'team' }, data: { 'ca.crt': 'PEM' } });
    expect(reconcileRootCA(namespace, observedOf([configMaps, [configMap]]), 'PEM').actions).toEqual([]);
    expect(told(reconcileRootCA(namespace, observedOf([configMaps, [configMap]]), 'NEW').actions)).toEqual(['update configmaps kube-root-ca.crt']);
    expect(reconcileRootCA(ending, observedOf([configMaps, []]), 'PEM').actions).toEqual([]);
  });
});
