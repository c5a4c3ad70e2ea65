import { spawn } from 'node:child_process';
import { createServer, type Server } from 'node:http';
import { connect, type AddressInfo } from 'node:net';
import { createInterface } from 'node:readline';
import { describeWithOracle, kubectlPath } from '../../support/oracle';
import { scriptedAgent } from './support/agent';
import { core } from './support/registry';
import { startServer, type TestServer } from './support/server';
import { widgetKind } from './support/widget';

// Several processes a test, and other tests beside them.

/** The real kubectl against the server. What a command prints is kubectl's business; here it has to be content with the answers. */
describeWithOracle('the real kubectl', () => {
  let server: TestServer;
  beforeAll(async () => {
    server = await startServer([widgetKind()], scriptedAgent);
    await server.client.create(core('serviceaccounts'), { metadata: { name: 'default', namespace: 'default' } });
    const pod = { metadata: { name: 'web', namespace: 'default', labels: { app: 'web' } }, spec: { containers: [{ name: 'c', image: 'x' }] } };
    await server.client.create(core('pods'), pod as never);
    await server.client.create(core('pods'), { metadata: { name: 'web', namespace: 'default' }, target: { kind: 'Node', name: 'node' } } as never, { subresource: 'binding' });
    const running = { phase: 'Running', podIP: '127.0.0.1', podIPs: [{ ip: '127.0.0.1' }], containerStatuses: [{ name: 'c', ready: true, restartCount: 0, image: 'x', imageID: '', state: { running: { startedAt: '2026-01-01T00:00:00Z' } } }] };
    await server.client.patch(core('pods'), 'web', 'default', 'merge', { status: running }, { subresource: 'status' });
  });
  afterAll(() => server.close());

  const ok = async (args: string[], stdin?: string) => {
    const { code, stdout, stderr } = await server.kubectl(args, stdin);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    return stdout;
  };
  const fails = async (args: string[], stdin?: string) => {
    const { code, stderr } = await server.kubectl(args, stdin);
    return `${code}: ${stderr}`;
  };

  const widgets = ['a', 'b', 'c'].map((name, size) => ({ apiVersion: 'test.example/v1', kind: 'Widget', metadata: { name, labels: { name } }, spec: { size } }));
  const list = JSON.stringify({ apiVersion: 'v1', kind: 'List', items: widgets });

  test('create, get, label, scale and delete a kind that it learns of by discovery', async () => {
    expect(await ok(['create', '-f', '-'], list)).toBe('widget.test.example/a created\nwidget.test.example/b created\nwidget.test.example/c created\n');
    expect(await ok(['get', 'wd'])).toBe('NAME   COLOR\na      red\nb      red\nc      red\n');
    expect(await ok(['get', 'wd', '-o', 'wide', '--chunk-size=1', '-l', 'name!=b'])).toBe('NAME   COLOR   SIZE\na      red     0\nc      red     2\n');
    expect(await ok(['label', 'wd', 'a', 'x=y'])).toBe('widget.test.example/a labeled\n');
    expect(await ok(['patch', 'wd', 'a', '--type=merge', '-p', '{"spec":{"color":"blue"}}'])).toBe('widget.test.example/a patched\n');
    expect(await ok(['get', 'wd', '--field-selector', 'spec.color=blue', '-o', 'name'])).toBe('widget.test.example/a\n');
    expect(await ok(['scale', 'wd/a', '--replicas=3'])).toBe('widget.test.example/a scaled\n');
    expect(await ok(['get', 'wd', 'a', '-o', 'jsonpath={.spec.replicas} {.metadata.generation}'])).toBe('3 3');
    expect(await ok(['delete', 'wd', 'a', 'b'])).toBe('widget.test.example "a" deleted\nwidget.test.example "b" deleted\n');
    expect(await ok(['delete', 'wd', '--all'])).toBe('widget.test.example "c" deleted\n');
  });

  test('create deployment, apply, server-side apply, dry run', async () => {
    expect(await ok(['create', 'deployment', 'app', '--image=x', '--replicas=2'])).toBe('deployment.apps/app created\n');
    const manifest = 'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: conf\ndata:\n  a: "1"\n';
    expect(await ok(['apply', '-f', '-'], manifest)).toBe('configmap/conf created\n');
    expect(await ok(['apply', '-f', '-'], manifest)).toBe('configmap/conf unchanged\n');
    expect(await ok(['apply', '--server-side', '-f', '-'], manifest.replace('"1"', '"2"'))).toBe('configmap/conf serverside-applied\n');
    expect(await ok(['create', 'configmap', 'dry', '--dry-run=server'])).toBe('configmap/dry created (server dry run)\n');
    expect(await fails(['get', 'cm', 'dry'])).toBe('1: Error from server (NotFound): configmaps "dry" not found\n');
    expect(await fails(['apply', '-f', '-'], `${manifest}foo: 1\n`))
      .toMatch(/^1: The request is invalid: patch: Invalid value: "map\[.* foo:1 .*\]": strict decoding error: unknown field "foo"\n/);
    expect(await fails(['create', '-f', '-'], `${manifest.replace('conf', 'new')}foo: 1\n`))
      .toBe('1: Error from server (BadRequest): error when creating "STDIN": ConfigMap in version "v1" cannot be handled as a ConfigMap: strict decoding error: unknown field "foo"\n');
  });

  test('explain, api-resources, version and auth', async () => {
    expect(await ok(['explain', 'pod.spec.restartPolicy'])).toMatch(/^KIND: {7}Pod\nVERSION: {4}v1\n\nFIELD: restartPolicy <string>\n/);
    expect(await ok(['api-resources', '--api-group=test.example', '--no-headers'])).toMatch(/^widgets +wd +test.example\/v1 +true +Widget\n$/);
    expect(await ok(['version'])).toContain('Server Version: v1.33.9\n');
    expect(await ok(['auth', 'can-i', 'create', 'pods'])).toBe('yes\n');
    expect(await ok(['auth', 'whoami', '-o', 'jsonpath={.status.userInfo.username}'])).toBe('kubernetes-admin');
    expect(await ok(['create', 'token', 'default'])).toMatch(/^ey[\w-]+\.ey[\w-]+\.[\w-]+$/);
  });

  test('logs, exec and attach', async () => {
    expect(await ok(['logs', 'web', '--tail=5'])).toBe('c tail=5 follow=false\nsecond line\n');
    expect(await ok(['logs', '-f', 'web'])).toBe('c tail=undefined follow=true\nsecond line\n');
    expect(await server.kubectl(['exec', 'web', '--', 'echo', 'to', 'stdout'])).toEqual({ code: 0, stdout: 'to stdout\n', stderr: 'to stderr\n' });
    expect(await server.kubectl(['exec', 'web', '--', 'exit', '7'])).toEqual({ code: 7, stdout: '', stderr: 'command terminated with exit code 7\n' });
    const large = 'x'.repeat(300_000);
    expect(await ok(['exec', '-i', 'web', '--', 'cat'], large)).toBe(large);
    expect((await server.kubectl(['attach', '-i', 'web'], 'hi')).stdout).toBe('hi');
    expect(await fails(['exec', 'web', '--', 'fail'])).toBe('1: error: Internal error occurred: no such thing\n');
    expect(await fails(['exec', 'none', '--', 'x'])).toBe('1: Error from server (NotFound): pods "none" not found\n');
    expect(await fails(['exec', 'web', '-c', 'z', '--', 'x'])).toBe('1: Error from server (BadRequest): container z is not valid for pod web\n');
  });

  describe('port-forward', () => {
    let target: Server;
    beforeAll(async () => {
      target = createServer((request, response) => void response.end(`you asked for ${request.url} ${'y'.repeat(100_000)}`));
      await new Promise<void>((resolve) => target.listen(0, '127.0.0.1', resolve));
    });
    afterAll(() => new Promise((resolve) => target.close(resolve)));

    test('pods and services are reached through the proxy, too', async () => {
      const { port } = target.address() as AddressInfo;
      const page = await ok(['get', '--raw', `/api/v1/namespaces/default/pods/web:${port}/proxy/some/page?x=1`]);
      expect(page).toMatch(/^you asked for \/some\/page\?x=1 y{100000}$/);
      await server.client.create(core('services'), { metadata: { name: 'web', namespace: 'default' }, spec: { ports: [{ name: 'http', port: 80 }] } } as never);
      const proxied = ['get', '--raw', '/api/v1/namespaces/default/services/web:http/proxy/'];
      expect(await fails(proxied)).toBe('1: Error from server (ServiceUnavailable): no endpoints available for service "web:http"\n');
      await server.client.create({ group: 'discovery.k8s.io', version: 'v1', plural: 'endpointslices', namespaced: true }, {
        metadata: { name: 'web-1', namespace: 'default', labels: { 'kubernetes.io/service-name': 'web' } }, addressType: 'IPv4',
        endpoints: [{ addresses: ['10.1.2.3'], nodeName: 'node', conditions: { ready: true } }], ports: [{ name: 'http', port, protocol: 'TCP' }],
      } as never);
      expect(await ok(proxied)).toMatch(/^you asked for \/ y+$/);
    });

    test('carries several connections at once', async () => {
      const { port } = target.address() as AddressInfo;
      const child = spawn(kubectlPath(), ['--kubeconfig', server.kubeconfig, 'port-forward', 'web', `:${port}`], { stdio: ['ignore', 'pipe', 'ignore'] });
      try {
        const [line] = (await new Promise<string[]>((resolve) => createInterface({ input: child.stdout }).once('line', (text) => resolve([text]))));
        const local = Number(/127\.0\.0\.1:(\d+)/.exec(line!)![1]);
        const pages = await Promise.all(['/a', '/b', '/c'].map((path) => fetchPage(local, path)));
        expect(pages.map((page) => [/you asked for (\S+)/.exec(page)![1], page.includes('y'.repeat(100_000))])).toEqual([['/a', true], ['/b', true], ['/c', true]]);
      } finally {
        const exited = new Promise((resolve) => child.once('exit', resolve));
        child.kill();
        await exited;
      }
    });
  });
});

function fetchPage(port: number, path: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = connect(port, '127.0.0.1');
    const chunks: Buffer[] = [];
    socket.on('data', (chunk: Buffer) => chunks.push(chunk));
    socket.on('error', reject);
    socket.on('close', () => resolve(Buffer.concat(chunks).toString()));
    socket.write(`GET ${path} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n`);
  });
}
