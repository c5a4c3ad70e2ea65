import { X509Certificate, createPrivateKey } from 'node:crypto';
import { mkdtemp, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { loadPki } from '../../../src/cluster/daemon/pki';

const nowMs = Date.UTC(2026, 0, 1);

describe('loadPki', () => {
  let dir: string;
  beforeEach(async () => { dir = await mkdtemp(join(tmpdir(), 'knarr-pki-')); });
  afterEach(() => rm(dir, { recursive: true, force: true }));

  it('makes an authority that signs the server and the admin', async () => {
    const pki = await loadPki(dir, nowMs);
    const ca = new X509Certificate(pki.ca.cert);
    const server = new X509Certificate(pki.apiServer.cert);
    const admin = new X509Certificate(pki.admin.cert);
    expect(ca.ca).toBe(true);
    for (const leaf of [server, admin]) expect(leaf.verify(ca.publicKey)).toBe(true);
    expect(server.checkIP('127.0.0.1')).toBe('127.0.0.1');
    expect(server.checkIP('10.96.0.1')).toBe('10.96.0.1');
    expect(server.checkHost('kubernetes.default.svc')).toBe('kubernetes.default.svc');
    expect(admin.subject).toBe('O=system:masters\nCN=kubernetes-admin');
    expect(server.checkPrivateKey(createPrivateKey(pki.apiServer.key))).toBe(true);
  });

  it('makes another that signs the front proxy alone', async () => {
    const pki = await loadPki(dir, nowMs);
    const client = new X509Certificate(pki.frontProxyClient.cert);
    expect(client.verify(new X509Certificate(pki.frontProxyCa.cert).publicKey)).toBe(true);
    expect(client.verify(new X509Certificate(pki.ca.cert).publicKey)).toBe(false);
    expect(client.subject).toBe('CN=front-proxy-client');
  });

  it('keeps keys to the owner and gives the same again', async () => {
    const first = await loadPki(dir, nowMs);
    expect(await loadPki(dir, nowMs + 1000)).toEqual(first);
    for (const name of ['ca', 'apiserver', 'admin', 'front-proxy-ca', 'front-proxy-client', 'sa']) expect((await stat(join(dir, `${name}.key`))).mode & 0o777).toBe(0o600);
  });

  it('takes the tokens of a file along', async () => {
    expect((await loadPki(dir, nowMs)).staticTokens).toBeUndefined();
    await writeFile(join(dir, 'tokens.csv'), 'secret,jane,1\n');
    expect((await loadPki(dir, nowMs)).staticTokens).toBe('secret,jane,1\n');
  });
});
