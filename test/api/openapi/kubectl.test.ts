import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { decodeObject } from '../../../src/api/decode';
import { encodeOpenApiV2, openApiV2, openApiV2Protobuf, openApiV3, openApiV3Index, type Descriptions, type OpenApiKind } from '../../../src/api/openapi';
import { encodeProtobuf } from '../../../src/api/protobuf';
import { describeWithOracle, kubectlPath } from '../../support/oracle';

const kinds: OpenApiKind[] = [
  { group: 'apps', version: 'v1', kind: 'Deployment', plural: 'deployments', namespaced: true, schema: 'io.k8s.api.apps.v1.Deployment', subresources: ['status', 'scale'] },
  { group: '', version: 'v1', kind: 'Pod', plural: 'pods', namespaced: true, schema: 'io.k8s.api.core.v1.Pod', subresources: ['status'] },
];
const descriptions = JSON.parse(readFileSync(join(__dirname, '../../../src/api/generated/descriptions.json'), 'utf8')) as Descriptions;

const resourceList = (groupVersion: string) => ({
  kind: 'APIResourceList', apiVersion: 'v1', groupVersion,
  resources: kinds.filter(({ group, version }) => (group ? `${group}/${version}` : version) === groupVersion)
    .map(({ plural, kind, namespaced }) => ({ name: plural, singularName: kind.toLowerCase(), kind, namespaced, verbs: ['create', 'get', 'list', 'patch'] })),
});

const documents: Record<string, () => object | undefined> = {
  '/api': () => ({ kind: 'APIVersions', versions: ['v1'] }),
  '/apis': () => ({ kind: 'APIGroupList', groups: [{ name: 'apps', versions: [{ groupVersion: 'apps/v1', version: 'v1' }], preferredVersion: { groupVersion: 'apps/v1', version: 'v1' } }] }),
  '/api/v1': () => resourceList('v1'),
  '/apis/apps/v1': () => resourceList('apps/v1'),
  '/openapi/v3': () => openApiV3Index(kinds, 'test'),
  '/openapi/v3/api/v1': () => openApiV3('v1', kinds, descriptions),
  '/openapi/v3/apis/apps/v1': () => openApiV3('apps/v1', kinds, descriptions),
};

interface Received { method: string; path: string; contentType: string; body: Buffer }

describeWithOracle('the real kubectl', () => {
  let server: Server;
  let home: string;
  const received: Received[] = [];

  beforeAll((done) => {
    home = mkdtempSync(join(tmpdir(), 'knarr-openapi-'));
    server = createServer((request, response) => {
      const path = new URL(request.url!, 'http://x').pathname;
      void bodyOf(request).then((body) => {
        if (request.method !== 'GET') received.push({ method: request.method!, path, contentType: request.headers['content-type'] ?? '', body });
        if (request.method === 'POST') {
          const { object } = decodeObject(body, 'protobuf', 'io.k8s.api.apps.v1.Deployment');
          response.setHeader('Content-Type', 'application/vnd.kubernetes.protobuf');
          return response.writeHead(201).end(encodeProtobuf(object, 'io.k8s.api.apps.v1.Deployment'));
        }
        if (path === '/openapi/v2' && request.headers.accept?.includes(openApiV2Protobuf.accept)) {
          return response.writeHead(200, { 'Content-Type': openApiV2Protobuf.contentType }).end(encodeOpenApiV2(openApiV2(kinds, descriptions)));
        }
        const document = documents[path]?.();
        response.setHeader('Content-Type', 'application/json');
        response.writeHead(document ? 200 : 404).end(JSON.stringify(document ?? { kind: 'Status', apiVersion: 'v1', status: 'Failure', reason: 'NotFound', code: 404 }));
      });
    }).listen(0, '127.0.0.1', done);
  });

  afterAll((done) => {
    rmSync(home, { recursive: true });
    server.close(done);
    server.closeAllConnections();
  });

  const kubectl = (...args: string[]) => new Promise<{ stdout: string; stderr: string; code: number }>((resolve) => {
    const { port } = server.address() as AddressInfo;
    execFile(kubectlPath(), [`--server=http://127.0.0.1:${port}`, `--cache-dir=${home}`, ...args],
      { env: { HOME: home }, timeout: 20_000 }, (error, stdout, stderr) => resolve({ stdout, stderr, code: error ? Number(error.code) : 0 }));
  });

  test('explains a kind', async () => {
    const { stdout, stderr } = await kubectl('explain', 'deployments.spec');
    expect(stderr).toBe('');
    expect(stdout).toMatch(/^GROUP: {6}apps\nKIND: {7}Deployment\nVERSION: {4}v1\n\nFIELD: spec <DeploymentSpec>\n\n\nDESCRIPTION:\n/);
    expect(stdout).toContain('  replicas\t<integer>\n    Number of desired pods.');
    expect(stdout).toContain('  selector\t<LabelSelector> -required-\n');
  });

  test('explains an enum, a map, an int-or-string and a list', async () => {
    expect((await kubectl('explain', 'pod.spec.containers.imagePullPolicy')).stdout)
      .toMatch(/FIELD: imagePullPolicy <string>\nENUM:\n {4}Always\n {4}IfNotPresent\n {4}Never\n\nDESCRIPTION:\n/);
    expect((await kubectl('explain', 'pod.spec.containers.resources')).stdout).toContain('  limits\t<map[string]Quantity>\n');
    expect((await kubectl('explain', 'pod.spec.containers.readinessProbe.httpGet')).stdout).toContain('  port\t<IntOrString> -required-\n');
    expect((await kubectl('explain', 'pod', '--recursive')).stdout).toContain('  tolerations\t<[]Toleration>\n');
  });

  test('says that a field does not exist', async () => {
    expect(await kubectl('explain', 'pod.spec.foo')).toEqual({ stdout: 'KIND:       Pod\nVERSION:    v1\n\n', stderr: 'error: field "foo" does not exist\n', code: 1 });
  });

  test('validates the items of a List by version 2', async () => {
    const list = join(home, 'list.json');
    const item = { apiVersion: 'apps/v1', kind: 'Deployment', metadata: { name: 'web' }, spec: { replicas: 'two', selector: {}, template: {}, foo: 1 } };
    writeFileSync(list, JSON.stringify({ apiVersion: 'v1', kind: 'List', items: [item] }));
    const { stderr, code } = await kubectl('create', '-f', list);
    expect(stderr).toContain('ValidationError(Deployment.spec.replicas): invalid type for io.k8s.api.apps.v1.DeploymentSpec.replicas: got "string", expected "integer"');
    expect(stderr).toContain('ValidationError(Deployment.spec): unknown field "foo" in io.k8s.api.apps.v1.DeploymentSpec');
    expect(code).toBe(1);
  });

  test('creates in protobuf and reads the answer in it', async () => {
    const { stdout, stderr } = await kubectl('create', 'deployment', 'web', '--image=nginx', '--replicas=2', '-o', 'jsonpath={.spec.replicas} {.spec.template.spec.containers[0].image}');
    expect({ stdout, stderr }).toEqual({ stdout: '2 nginx', stderr: '' });
    const { path, contentType, body } = received.find(({ method }) => method === 'POST')!;
    expect({ path, contentType }).toEqual({ path: '/apis/apps/v1/namespaces/default/deployments', contentType: 'application/vnd.kubernetes.protobuf' });
    expect(decodeObject(body, 'protobuf').object).toEqual({
      kind: 'Deployment', apiVersion: 'apps/v1', metadata: { name: 'web', creationTimestamp: null, labels: { app: 'web' } },
      spec: {
        replicas: 2, selector: { matchLabels: { app: 'web' } }, strategy: {},
        template: { metadata: { creationTimestamp: null, labels: { app: 'web' } }, spec: { containers: [{ name: 'nginx', image: 'nginx', resources: {} }] } },
      },
      status: {},
    });
  });
});

function bodyOf(request: IncomingMessage): Promise<Buffer> {
  return new Promise((resolve) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk)).on('end', () => resolve(Buffer.concat(chunks)));
  });
}
