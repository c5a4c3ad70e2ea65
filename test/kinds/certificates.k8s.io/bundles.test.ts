import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { loadPki, type Pki } from '../../../src/cluster/daemon/pki';
import { clusterTrustBundle } from '../../../src/kinds/certificates.k8s.io/clustertrustbundle/kind';
import { createErrors, defaulted, texts, updateErrors } from '../create';

describe('ClusterTrustBundle', () => {
  let pki: Pki;
  beforeAll(async () => {
    const directory = mkdtempSync(join(tmpdir(), 'knarr-bundles-'));
    pki = await loadPki(directory, Date.now());
    rmSync(directory, { recursive: true });
  });

  const refused = (why: string) => [`spec.trustBundle: Invalid value: "<value omitted>": ${why}`];
  const errors = (spec: object, name = 'a') => createErrors(clusterTrustBundle, { metadata: { name }, spec });

  test('of authorities, each once', () => {
    expect(errors({ trustBundle: `note\n${pki.ca.cert}\n${pki.frontProxyCa.cert}` })).toEqual([]);
    expect(errors({ trustBundle: '' })).toEqual(refused('at least one trust anchor must be provided'));
    expect(errors({ trustBundle: `${pki.ca.cert}\n${pki.frontProxyCa.cert}\n${pki.ca.cert}` })).toEqual(refused('duplicate trust anchor (indices [0 2])'));
    expect(errors({ trustBundle: `${pki.ca.cert}\n${pki.admin.cert}` })).toEqual(refused('entry 1 does not have the CA bit set'));
    expect(errors({ trustBundle: '-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----' })).toEqual(refused('entry 0 does not parse as X.509'));
    expect(errors({ trustBundle: '-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----' })).toEqual(refused('entry 0 has bad block type: PRIVATE KEY'));
  });

  test('named after its signer', () => {
    const spec = { signerName: 'example.com/signer', trustBundle: pki.ca.cert };
    expect(errors(spec, 'example.com:signer:a')).toEqual([]);
    expect(errors(spec)).toEqual(['metadata.name: Invalid value: "a": ClusterTrustBundle for signerName example.com/signer must be named with prefix example.com:signer:']);
    expect(errors({ trustBundle: pki.ca.cert }, 'a:b')).toEqual(['metadata.name: Invalid value: "a:b": ClusterTrustBundle without signer name must not have ":" in its name']);
    expect(errors({ ...spec, signerName: 'signer' }, 'signer:a')).toEqual(['spec.signerName: Invalid value: "signer": must be a fully qualified domain and path of the form \'example.com/signer-name\'']);
    expect(updateErrors(clusterTrustBundle, { spec }, { spec: { ...spec, signerName: 'example.com/b' } })).toEqual(['spec.signerName: Invalid value: "example.com/b": field is immutable']);
  });

  test('what was there before is not read again', () => {
    const odd = defaulted(clusterTrustBundle, { spec: { trustBundle: 'odd' } });
    expect(texts(clusterTrustBundle.strategy.validate?.(odd, odd))).toEqual([]);
  });
});
