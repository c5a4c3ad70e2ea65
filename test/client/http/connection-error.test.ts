import { connectionError } from '../../../src/client/http/connection-error';

const failure = (code: string, more: object = {}) => Object.assign(new Error('low'), { code, ...more });

test.each([
  [failure('ECONNREFUSED', { address: '127.0.0.1', port: 1 }), 'dial tcp 127.0.0.1:1: connect: connection refused', true],
  [failure('ECONNREFUSED', { errors: [failure('ECONNREFUSED', { address: '::1', port: 1 })] }), 'dial tcp ::1:1: connect: connection refused', true],
  [failure('ENOTFOUND', { hostname: 'nope' }), 'dial tcp: lookup nope: no such host', false],
  [failure('SELF_SIGNED_CERT_IN_CHAIN'), 'tls: failed to verify certificate: x509: certificate signed by unknown authority', false],
  [failure('ERR_TLS_CERT_ALTNAME_INVALID', { cert: { subjectaltname: 'DNS:a, IP Address:1.2.3.4' } }), 'tls: failed to verify certificate: x509: certificate is valid for a, 1.2.3.4, not host', false],
  [Object.assign(new TypeError('fetch failed'), { cause: failure('ECONNRESET') }), 'read tcp host:6443: read: connection reset by peer', false],
])('%s', (error, message, refused) => {
  expect(connectionError(error, 'https://host:6443/x')).toMatchObject({ name: 'ConnectionError', message, refused, host: 'host:6443' });
});
