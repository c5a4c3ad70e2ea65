import { generateKeyPairSync } from 'node:crypto';
import { issuer, TokenSigner, type TokenClaims } from '../../../../src/cluster/apiserver/authn/service-account-token';
import { serviceAccountTokens } from '../../../../src/cluster/apiserver/authn/service-account-users';
import { staticTokens } from '../../../../src/cluster/apiserver/authn/static-tokens';
import { TestClock } from '../support/registry';

test.each([
  ['t1', { name: 'jane', uid: 'u1', groups: [] }],
  ['t2', { name: 'joe', uid: 'u2', groups: ['a', 'b'] }],
  ['t3', { name: 'comma, inc "x"', groups: ['one'] }],
])('the token %s of a file', (token, user) => {
  const tokens = staticTokens('t1,jane,u1\r\n\nt2,joe,u2,"a, b"\nt3,"comma, inc ""x""",,one\n');
  expect(tokens.authenticateToken(token, [])).toEqual({ user });
  expect(tokens.authenticateToken('', [])).toBeUndefined();
});

test('a line with too little is named', () =>
  expect(() => staticTokens('a,b,c\nd,e\n')).toThrow('token file, line 2: must have at least 3 columns (token, user name, user uid)'));

const key = () => String(generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey.export({ type: 'pkcs8', format: 'pem' }));

describe('ServiceAccount tokens', () => {
  const clock = new TestClock();
  const now = clock.now() / 1000;
  const claims: TokenClaims = {
    iss: issuer, sub: 'system:serviceaccount:ns:robot', aud: [issuer, 'vault'], exp: now + 600, iat: now, nbf: now, jti: 'j',
    'kubernetes.io': { namespace: 'ns', serviceaccount: { name: 'robot', uid: 'u' }, node: { name: 'n', uid: 'un' }, pod: { name: 'p', uid: 'up' } },
  };
  const signer = new TokenSigner(key());
  let current = true;
  const tokens = serviceAccountTokens(signer, clock, () => current);
  const token = signer.sign(claims);

  test('say who, from where, and for whom', () => {
    expect(tokens.authenticateToken(token, ['vault', 'other'])).toEqual({
      audiences: ['vault'],
      user: {
        name: 'system:serviceaccount:ns:robot', uid: 'u', groups: ['system:serviceaccounts', 'system:serviceaccounts:ns'],
        extra: {
          'authentication.kubernetes.io/credential-id': ['JTI=j'], 'authentication.kubernetes.io/node-name': ['n'], 'authentication.kubernetes.io/node-uid': ['un'],
          'authentication.kubernetes.io/pod-name': ['p'], 'authentication.kubernetes.io/pod-uid': ['up'],
        },
      },
    });
    expect(tokens.authenticateToken(token, ['other'])).toBeUndefined();
  });

  test('of another key, altered, or no tokens at all', () => {
    const [header, , signature] = token.split('.');
    const forged = Buffer.from(JSON.stringify({ ...claims, sub: 'root' })).toString('base64url');
    for (const bad of [new TokenSigner(key()).sign(claims), `${header}.${forged}.${signature}`, `${token}.x`, 'a.b.c', '']) expect(tokens.authenticateToken(bad, [issuer])).toBeUndefined();
  });

  test('end with what they are bound to, and with their time, however often they were good', () => {
    current = false;
    expect(tokens.authenticateToken(token, [issuer])).toBeUndefined();
    current = true;
    expect(tokens.authenticateToken(token, [issuer])).toBeDefined();
    clock.advance(600_000);
    expect(tokens.authenticateToken(token, [issuer])).toBeUndefined();
  });
});
