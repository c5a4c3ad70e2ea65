import { execFileSync } from 'node:child_process';
import { X509Certificate } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { request as httpsRequest } from 'node:https';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { systemClock } from '../../../src/api/clock';
import type { CertificateSigningRequest } from '../../../src/api/generated/certificates.v1';
import type { KubeObject } from '../../../src/api/meta';
import { startControllers } from '../../../src/cluster/controllers';
import type { Loop } from '../../../src/cluster/controllers/controller';
import { inProcessClient } from '../../../src/cluster/daemon/in-process-client';
import { certificateSigner } from '../../../src/cluster/daemon/pki';
import { certificateSigningRequests as requests } from '../../../src/kinds/resources';
import { describeWithOracle } from '../../support/oracle';
import { failure, seeded } from './support/registry';
import { startServer, type TestServer } from './support/server';


let server: TestServer;
let loops: Loop;
let directory: string;
beforeAll(async () => {
  directory = mkdtempSync(join(tmpdir(), 'knarr-csr-'));
  server = await startServer();
  loops = startControllers({ client: server.client, clock: systemClock, random: seeded(), log: () => undefined, signCertificate: certificateSigner(server.pki) });
});
afterAll(async () => {
  await loops.stop();
  await server.close();
  rmSync(directory, { recursive: true, force: true });
});

const openssl = (...args: string[]) => execFileSync('openssl', args, { stdio: 'pipe', cwd: directory }).toString();
const pemOf = (subject: string, ...more: string[]) =>
  openssl('req', '-new', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes', '-keyout', 'key.pem', '-subj', subject, ...more);

const csr = (name: string, pem: string, signer: string, usages: string[], more: object = {}) => ({
  apiVersion: 'certificates.k8s.io/v1', kind: 'CertificateSigningRequest', metadata: { name },
  spec: { request: Buffer.from(pem).toString('base64'), signerName: `kubernetes.io/${signer}`, usages, ...more },
}) as CertificateSigningRequest;

const approval = (object: CertificateSigningRequest, type = 'Approved') => ({ ...object, status: { conditions: [{ type, status: 'True', reason: 'Test', message: 'by test' }] } });

/** Resolves with the request's state once the signer has settled it. */
async function settled(name: string): Promise<CertificateSigningRequest> {
  const done = ({ status }: CertificateSigningRequest) => Boolean(status?.certificate || status?.conditions?.some(({ type }) => type === 'Failed'));
  const stop = new AbortController();
  for await (const event of server.client.watch<CertificateSigningRequest>(requests, { fieldSelector: `metadata.name=${name}`, resourceVersion: '0', signal: stop.signal })) {
    if (event.type !== 'BOOKMARK' && done(event.object)) return event.object;
  }
  throw new Error('the watch ended');
}

async function approved(object: CertificateSigningRequest): Promise<CertificateSigningRequest> {
  await server.client.create(requests, object);
  const { metadata } = await server.client.get<CertificateSigningRequest>(requests, object.metadata.name);
  await server.client.update(requests, approval({ ...object, metadata }), { subresource: 'approval' });
  return settled(object.metadata.name);
}

const certificateOf = ({ status }: CertificateSigningRequest) => new X509Certificate(Buffer.from(status!.certificate!, 'base64'));

test('a node gets certificates as client and as server, of which only the first logs in', async () => {
  const client = await approved(csr('kubelet', pemOf('/O=system:nodes/CN=system:node:n1'), 'kube-apiserver-client-kubelet', ['digital signature', 'client auth']));
  expect(certificateOf(client).subject.split('\n')).toEqual(['O=system:nodes', 'CN=system:node:n1']);
  const pem = pemOf('/O=system:nodes/CN=system:node:n1', '-addext', 'subjectAltName=DNS:n1,IP:10.0.0.1');
  const serving = certificateOf(await approved(csr('serving', pem, 'kubelet-serving', ['digital signature', 'server auth'], { expirationSeconds: 3600 })));
  expect([serving.subjectAltName, serving.ca, serving.keyUsage]).toEqual(['DNS:n1, IP Address:10.0.0.1', false, ['1.3.6.1.5.5.7.3.1']]);
  expect((Date.parse(serving.validTo) - Date.parse(serving.validFrom)) / 1000).toBe(3600 + 300);
  expect(serving.verify(new X509Certificate(server.pki.ca.cert).publicKey)).toBe(true);
  const code = await new Promise<number | undefined>((resolve, reject) => {
    const identity = { cert: serving.toString(), key: readFileSync(join(directory, 'key.pem')) };
    httpsRequest({ host: '127.0.0.1', port: server.port, path: '/api', ca: server.pki.ca.cert, ...identity, agent: false }, (response) => {
      response.resume();
      resolve(response.statusCode);
    }).on('error', reject).end();
  });
  expect(code).toBe(401);
});

test.each<[string, string, string, string[], string]>([
  ['usages', '/CN=jane', 'kube-apiserver-client', ['server auth'], 'invalid usage for client certificate: server auth'],
  ['no-usage', '/CN=jane', 'kube-apiserver-client', ['digital signature'], 'missing required usage for client certificate: client auth'],
  ['group', '/CN=system:node:n1', 'kube-apiserver-client-kubelet', ['client auth'], 'subject organization is not system:nodes'],
  ['name', '/O=system:nodes/CN=n1', 'kube-apiserver-client-kubelet', ['digital signature', 'client auth'], 'subject common name does not begin with system:node:'],
  ['nameless', '/O=system:nodes/CN=system:node:n1', 'kubelet-serving', ['digital signature', 'server auth'], 'DNS or IP subjectAltName is required'],
])('a signer refuses what is not its own: %s', async (name, subject, signer, usages, message) => {
  const { status } = await approved(csr(name, pemOf(subject), signer, usages));
  expect(status!.conditions!.find(({ type }) => type === 'Failed')).toMatchObject({ status: 'True', reason: 'SignerValidationFailure', message });
});

test('requests say who made them; what may not be asked for, approved or signed', async () => {
  const jane = inProcessClient(server.api.registry, { name: 'jane', groups: ['developers', 'system:authenticated'] });
  const made = await jane.create(requests, csr('mine', pemOf('/CN=jane'), 'kube-apiserver-client', ['client auth'], { username: 'root', groups: ['system:masters'] }));
  expect(made.spec).toMatchObject({ username: 'jane', groups: ['developers', 'system:authenticated'] });
  expect(await failure(() => jane.update(requests, approval(made), { subresource: 'approval' })))
    .toBe('403 Forbidden: certificatesigningrequests.certificates.k8s.io "mine" is forbidden: user not permitted to approve requests with signerName "kubernetes.io/kube-apiserver-client"');
  expect(await failure(() => jane.update(requests, { ...made, status: { certificate: Buffer.from(server.pki.ca.cert).toString('base64') } }, { subresource: 'status' })))
    .toBe('403 Forbidden: certificatesigningrequests.certificates.k8s.io "mine" is forbidden: user not permitted to sign requests with signerName "kubernetes.io/kube-apiserver-client"');
  expect(await failure(() => server.client.update(requests, approval(made), { subresource: 'status' })))
    .toMatch(/^422 Invalid: .*status.conditions: Forbidden: updates may not add a condition of type "Approved"$/);
  expect(await failure(() => server.client.create(requests, csr('root', pemOf('/O=system:masters/CN=root'), 'kube-apiserver-client', ['client auth']))))
    .toBe('403 Forbidden: certificatesigningrequests.certificates.k8s.io "root" is forbidden: use of kubernetes.io/kube-apiserver-client signer with system:masters group is not allowed');
  expect(await failure(() => server.client.create(requests, csr('bad', pemOf('/CN=x'), 'legacy-unknown', ['client', 'client auth']))))
    .toMatch(/^422 Invalid: CertificateSigningRequest.certificates.k8s.io "bad" is invalid: \[spec.usages\[0\]: Unsupported value: "client": .*, spec.signerName: Invalid value: "kubernetes.io\/legacy-unknown": the legacy signerName is not allowed via this API version\]$/);
});

describeWithOracle('the real kubectl', () => {
  const kubectl = async (args: string[], stdin?: string) => {
    const { code, stdout, stderr } = await server.kubectl(args, stdin);
    return `${code}: ${stdout}${stderr}`;
  };

  test('openssl, certificate approve, and jane is in; joe is denied', async () => {
    const jane = csr('jane', pemOf('/O=developers/CN=jane'), 'kube-apiserver-client', ['client auth']);
    writeFileSync(join(directory, 'jane.key'), readFileSync(join(directory, 'key.pem')));
    expect(await kubectl(['create', '-f', '-'], JSON.stringify(jane))).toBe('0: certificatesigningrequest.certificates.k8s.io/jane created\n');
    expect(await kubectl(['get', 'csr', 'jane'])).toMatch(/NAME +AGE +SIGNERNAME +REQUESTOR +REQUESTEDDURATION +CONDITION\njane +\w+ +kubernetes.io\/kube-apiserver-client +kubernetes-admin +<none> +Pending\n$/);
    expect(await kubectl(['certificate', 'approve', 'jane'])).toBe('0: certificatesigningrequest.certificates.k8s.io/jane approved\n');
    writeFileSync(join(directory, 'jane.crt'), Buffer.from((await settled('jane')).status!.certificate!, 'base64'));
    expect(await kubectl(['get', 'csr', 'jane', '--no-headers'])).toMatch(/ Approved,Issued\n$/);
    expect(await kubectl(['describe', 'csr', 'jane'])).toMatch(/Status: +Approved,Issued\nSubject:\n +Common Name: +jane\n +Serial Number: *\n +Organization: +developers\nEvents:/);
    const as = ['--kubeconfig', server.tokenKubeconfig, '--client-certificate', join(directory, 'jane.crt'), '--client-key', join(directory, 'jane.key')];
    expect(await kubectl([...as, 'auth', 'whoami'])).toMatch(/Username +jane\nGroups +\[developers system:authenticated\]\n/);
    expect(await kubectl([...as, 'get', 'pods'])).toMatch(/pods is forbidden: User "jane" cannot list resource "pods" in API group "" in the namespace "default"\n$/);
    expect(await kubectl(['create', 'clusterrolebinding', 'developers', '--clusterrole=cluster-admin', '--group=developers'])).toMatch(/^0/);
    expect(await kubectl([...as, 'get', 'pods'])).toBe('0: No resources found in default namespace.\n');
    await server.client.create(requests, csr('joe', pemOf('/CN=joe'), 'kube-apiserver-client', ['client auth']));
    expect(await kubectl(['certificate', 'deny', 'joe'])).toBe('0: certificatesigningrequest.certificates.k8s.io/joe denied\n');
    expect((await server.client.get<KubeObject & CertificateSigningRequest>(requests, 'joe')).status!.certificate).toBeUndefined();
  });
});
