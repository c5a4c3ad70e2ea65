import { issuer, type TokenSigner } from '../../authn/service-account-token';
import type { Handler, Reply } from '../exchange';

/** Where the keys are, beside the issuer itself: both names lead to this server from within the cluster. */
const keysPath = '/openid/v1/jwks';
const headers = { 'cache-control': 'public, max-age=3600' };

/** How others verify ServiceAccount tokens. Source: k8s.io/kubernetes/pkg/serviceaccount/openidmetadata.go. */
export function openIdPaths(signer: TokenSigner | undefined): Record<string, Handler> {
  if (!signer) return {};
  const configuration = {
    issuer, jwks_uri: `${issuer}${keysPath}`, response_types_supported: ['id_token'], subject_types_supported: ['public'],
    id_token_signing_alg_values_supported: [signer.jwk.alg],
  };
  return {
    '/.well-known/openid-configuration': () => document(configuration, 'application/json'),
    [keysPath]: () => document({ keys: [signer.jwk] }, 'application/jwk-set+json'),
  };
}

const document = (value: object, contentType: string): Reply => ({ code: 200, contentType, body: Buffer.from(JSON.stringify(value)), headers });
