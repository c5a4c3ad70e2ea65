import type { Clock } from '../../../api/clock';
import type { TokenAuthenticator } from './token';
import type { TokenClaims, TokenSigner } from './service-account-token';
import type { UserInfo } from './user';

/** `isCurrent`: whether the account, and the object that a token is bound to, are still the ones it was made for. */
export function serviceAccountTokens(signer: TokenSigner, clock: Clock, isCurrent: (claims: TokenClaims) => boolean): TokenAuthenticator {
  return {
    authenticateToken(token, wanted) {
      const claims = signer.read(token);
      if (!claims) return undefined;
      const nowSeconds = clock.now() / 1000;
      const audiences = claims.aud.filter((audience) => wanted.includes(audience));
      if (claims.exp <= nowSeconds || claims.nbf > nowSeconds + 1 || !audiences.length || !isCurrent(claims)) return undefined;
      return { user: userOf(claims), audiences };
    },
  };
}

/** Source: ServiceAccountInfo.UserInfo in k8s.io/apiserver/pkg/authentication/serviceaccount. */
function userOf({ jti, 'kubernetes.io': { namespace, serviceaccount, pod, node } }: TokenClaims): UserInfo {
  return {
    name: `system:serviceaccount:${namespace}:${serviceaccount.name}`,
    uid: serviceaccount.uid,
    groups: ['system:serviceaccounts', `system:serviceaccounts:${namespace}`],
    extra: {
      'authentication.kubernetes.io/credential-id': [`JTI=${jti}`],
      ...(node && { 'authentication.kubernetes.io/node-name': [node.name], ...(node.uid && { 'authentication.kubernetes.io/node-uid': [node.uid] }) }),
      ...(pod && { 'authentication.kubernetes.io/pod-name': [pod.name], 'authentication.kubernetes.io/pod-uid': [pod.uid] }),
    },
  };
}
