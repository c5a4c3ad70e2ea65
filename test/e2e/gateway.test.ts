import { get } from 'node:http';
import { eventually, startedCluster, type TestCluster } from '../support/cluster';

jest.setTimeout(120_000);

const manifest = (path: string) => `
apiVersion: gateway.networking.k8s.io/v1
kind: Gateway
metadata: { name: edge }
spec:
  gatewayClassName: knarr
  listeners: [{ name: http, port: 80, protocol: HTTP, hostname: "*.example.com" }]
---
apiVersion: gateway.networking.k8s.io/v1
kind: HTTPRoute
metadata: { name: web }
spec:
  parentRefs: [{ name: edge }]
  hostnames: [www.example.com]
  rules:
  - matches: [{ path: { value: ${path} } }]
    backendRefs: [{ name: web, port: 80 }]
`;

describe('Gateway API, as the real kubectl sees it', () => {
  let cluster: TestCluster;
  const kubectl = (args: string[], stdin?: string) => cluster.kubectl(args, stdin);
  beforeAll(() => {
    cluster = startedCluster('gateway', 'sim');
    for (const args of [['create', 'deployment', 'web', '--image=nginx:1.27'], ['expose', 'deployment', 'web', '--port=80']]) expect(kubectl(args).code).toBe(0);
  });
  afterAll(() => cluster?.destroy());

  const ask = (port: number, path: string) => new Promise<string>((resolve, reject) => {
    get({ port, host: '127.0.0.1', path, agent: false, headers: { host: 'www.example.com' } }, (response) => {
      response.resume();
      resolve(String(response.statusCode));
    }).once('error', reject);
  });

  it('is served from the start, with a class', async () => {
    expect(await eventually(() => /^knarr +knarr\.dev\/gateway-controller +True /.test(kubectl(['get', 'gc', '--no-headers']).stdout))).toBe(true);
    expect(kubectl(['explain', 'httproute.spec.rules.filters.urlRewrite', '--api-version=gateway.networking.k8s.io/v1']).stdout).toContain('hostname\t<string>');
  });

  it('leads requests to pods, and tells its state', async () => {
    expect(kubectl(['apply', '-f', '-'], manifest('/app'))).toMatchObject({ code: 0, stderr: '' });
    expect(kubectl(['wait', '--for=condition=Programmed', 'gateway/edge', '--timeout=30s']).code).toBe(0);
    expect(kubectl(['get', 'gateway', 'edge', '--no-headers']).stdout).toMatch(/^edge +knarr +127\.0\.0\.1 +True /);
    const { ingress } = JSON.parse(cluster.knarr(['status', '--profile', 'gateway', '-o', 'json']).stdout) as { ingress: string[] };
    const port = Number(new URL(ingress[0]!).port || 80);
    await eventually(async () => (await ask(port, '/app/x')) === '200');
    expect(await ask(port, '/else')).toBe('404');
    expect(kubectl(['get', 'httproute', 'web', '-o', 'jsonpath={.status.parents[0].conditions[*].status}']).stdout).toBe('True True');
  });

  it('refuses what cannot be, in the words of its schema', () => {
    const { code, stderr } = kubectl(['apply', '-f', '-'], manifest('no-slash'));
    expect(code).toBe(1);
    expect(stderr).toContain("value must be an absolute path and start with '/' when type one of ['Exact', 'PathPrefix']");
    expect(kubectl(['patch', 'gatewayclass', 'knarr', '--type=merge', '-p', '{"spec":{"controllerName":"example.com/other"}}']).stderr).toContain('Value is immutable');
  });

  it('still serves manifests of v1beta1', () => {
    const old = manifest('/app').replaceAll('gateway.networking.k8s.io/v1', 'gateway.networking.k8s.io/v1beta1');
    expect(kubectl(['apply', '--dry-run=server', '-f', '-'], old)).toMatchObject({ code: 0 });
  });
});
