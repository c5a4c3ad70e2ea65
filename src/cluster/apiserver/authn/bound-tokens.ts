import type { Registry } from '../registry/registry';
import type { TokenClaims } from './service-account-token';

/** How long after its deletion began an object still vouches for its tokens. Source: jwt.DefaultLeeway. */
const leewayMs = 60_000;

/**
 * Whether what a token was made for is still there: the account, and the pod, secret or node that it is bound to. The
 * node of a pod's token is information only. Source: validator.Validate in k8s.io/kubernetes/pkg/serviceaccount/claims.go.
 */
export function isCurrent({ store, clock }: Pick<Registry, 'store' | 'clock'>, { 'kubernetes.io': { namespace, serviceaccount, pod, secret, node } }: TokenClaims): boolean {
  const stands = (key: string, uid: string | undefined): boolean => {
    const metadata = store.get(key)?.object.metadata;
    if (!metadata || metadata.uid !== uid) return false;
    return !metadata.deletionTimestamp || Date.parse(metadata.deletionTimestamp) > clock.now() - leewayMs;
  };
  return stands(`/serviceaccounts/${namespace}/${serviceaccount.name}`, serviceaccount.uid)
    && (!pod || stands(`/pods/${namespace}/${pod.name}`, pod.uid))
    && (!secret || stands(`/secrets/${namespace}/${secret.name}`, secret.uid))
    && (!node || pod !== undefined || stands(`/nodes/${node.name}`, node.uid));
}
