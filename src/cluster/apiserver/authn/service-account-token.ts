import { createHash, createPrivateKey, createPublicKey, sign, verify, type KeyObject } from 'node:crypto';

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

/** A public key as JWKS documents show it. */
export interface JsonWebKey {
  use: 'sig';
  kty: string;
  kid: string;
  alg: 'ES256';
  crv: string;
  x: string;
  y: string;
}

/** How many tokens are remembered as signed by this key: verifying costs a hundred times the rest of a small request. */
const rememberedMax = 1024;

/** Signs and reads JWTs with one P-256 key (ES256). */
export class TokenSigner {
  readonly #privateKey: KeyObject;
  readonly #publicKey: KeyObject;
  readonly #verified = new Map<string, TokenClaims>();
  readonly jwk: JsonWebKey;

  /** `key`: a PEM private key. */
  constructor(key: string) {
    this.#privateKey = createPrivateKey(key);
    this.#publicKey = createPublicKey(this.#privateKey);
    const { kty, crv, x, y } = this.#publicKey.export({ format: 'jwk' });
    // Source of the id: keyIDFromPublicKey in k8s.io/kubernetes/pkg/serviceaccount.
    const kid = createHash('sha256').update(this.#publicKey.export({ type: 'spki', format: 'der' })).digest('base64url');
    this.jwk = { use: 'sig', kty: kty!, kid, alg: 'ES256', crv: crv!, x: x!, y: y! };
  }

  sign(claims: TokenClaims): string {
    const text = `${encode({ alg: 'ES256', kid: this.jwk.kid })}.${encode(claims)}`;
    const signature = sign('sha256', Buffer.from(text), { key: this.#privateKey, dsaEncoding: 'ieee-p1363' });
    return `${text}.${signature.toString('base64url')}`;
  }

  /** Undefined for what this key did not sign. Says nothing of whether the token is still good. */
  read(token: string): TokenClaims | undefined {
    const known = this.#verified.get(token);
    if (known) return known;
    const claims = this.#verify(token);
    if (claims) this.#remember(token, claims);
    return claims;
  }

  #verify(token: string): TokenClaims | undefined {
    const [header, payload, signature, rest] = token.split('.');
    if (!header || !payload || !signature || rest !== undefined) return undefined;
    const signed = Buffer.from(`${header}.${payload}`);
    const isOurs = verify('sha256', signed, { key: this.#publicKey, dsaEncoding: 'ieee-p1363' }, Buffer.from(signature, 'base64url'));
    return isOurs ? (JSON.parse(Buffer.from(payload, 'base64url').toString()) as TokenClaims) : undefined;
  }

  #remember(token: string, claims: TokenClaims): void {
    if (this.#verified.size >= rememberedMax) this.#verified.delete(this.#verified.keys().next().value!);
    this.#verified.set(token, claims);
  }
}

const encode = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
