import { createPrivateKey, createPublicKey, sign, verify, type KeyObject } from 'node:crypto';
import type { Clock } from '../../../api/clock';
import { unauthorized } from '../../../api/errors';
import type { Authenticator } from './authenticator';
import type { UserInfo } from './user';

export const issuer = 'https://kubernetes.default.svc.cluster.local';

/** What a ServiceAccount token says, in the layout of the TokenRequest API. */
export interface TokenClaims {
  iss: string;
  sub: string;
  aud: string[];
  /** Seconds since the epoch. */
  exp: number;
  iat: number;
  nbf: number;
  jti: string;
  'kubernetes.io': {
    namespace: string;
    serviceaccount: { name: string; uid: string };
    pod?: { name: string; uid: string };
    node?: { name: string; uid?: string };
    secret?: { name: string; uid: string };
  };
}

/** Signs and reads JWTs with one P-256 key (ES256). */
export class TokenSigner {
  readonly #privateKey: KeyObject;
  readonly #publicKey: KeyObject;

  /** `key`: a PEM private key. */
  constructor(key: string) {
    this.#privateKey = createPrivateKey(key);
    this.#publicKey = createPublicKey(this.#privateKey);
  }

  sign(claims: TokenClaims): string {
    const text = `${encode({ alg: 'ES256', typ: 'JWT' })}.${encode(claims)}`;
    const signature = sign('sha256', Buffer.from(text), { key: this.#privateKey, dsaEncoding: 'ieee-p1363' });
    return `${text}.${signature.toString('base64url')}`;
  }

  /** Undefined for what this key did not sign. */
  read(token: string): TokenClaims | undefined {
    const [header, payload, signature] = token.split('.');
    if (!header || !payload || !signature) return undefined;
    const signed = Buffer.from(`${header}.${payload}`);
    const isOurs = verify('sha256', signed, { key: this.#publicKey, dsaEncoding: 'ieee-p1363' }, Buffer.from(signature, 'base64url'));
    return isOurs ? (JSON.parse(Buffer.from(payload, 'base64url').toString()) as TokenClaims) : undefined;
  }
}

const encode = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');

/** `exists`: whether the account, and the pod that a token is bound to, are still the ones it was made for. */
export function serviceAccountTokens(signer: TokenSigner, clock: Clock, exists: (claims: TokenClaims) => boolean): Authenticator {
  return {
    authenticate(request) {
      const [, token] = /^bearer\s+(\S+)$/i.exec(request.headers.authorization ?? '') ?? [];
      if (!token) return undefined;
      const claims = signer.read(token);
      const nowSeconds = clock.now() / 1000;
      if (!claims || claims.exp <= nowSeconds || !claims.aud.includes(issuer) || !exists(claims)) throw unauthorized();
      return userOf(claims);
    },
  };
}

function userOf({ jti, 'kubernetes.io': { namespace, serviceaccount, pod, node } }: TokenClaims): UserInfo {
  return {
    name: `system:serviceaccount:${namespace}:${serviceaccount.name}`,
    uid: serviceaccount.uid,
    groups: ['system:serviceaccounts', `system:serviceaccounts:${namespace}`],
    extra: {
      'authentication.kubernetes.io/credential-id': [`JTI=${jti}`],
      ...(pod && { 'authentication.kubernetes.io/pod-name': [pod.name], 'authentication.kubernetes.io/pod-uid': [pod.uid] }),
      ...(node && { 'authentication.kubernetes.io/node-name': [node.name] }),
    },
  };
}
