import type { Registry } from '../registry/registry';
import type { TokenClaims } from './service-account-token';

/** Whether what a token was made for is still there: the account, and the pod, secret or node that it is bound to. */
export function isCurrent({ store }: Registry, { 'kubernetes.io': { namespace, serviceaccount, pod, secret } }: TokenClaims): boolean {
  const matches = (key: string, uid: string) => store.get(key)?.object.metadata.uid === uid;
  return matches(`/serviceaccounts/${namespace}/${serviceaccount.name}`, serviceaccount.uid)
    && (!pod || matches(`/pods/${namespace}/${pod.name}`, pod.uid))
    && (!secret || matches(`/secrets/${namespace}/${secret.name}`, secret.uid));
}
