import { scriptedAgent } from '../../../cluster/apiserver/support/agent';
import { core } from '../../../cluster/apiserver/support/registry';
import { startServer, type TestServer } from '../../../cluster/apiserver/support/server';
import { background, eventually, knarrPath } from '../../../support/cluster';
import { describeWithOracle, kubectlPath } from '../../../support/oracle';
import { runAsync } from '../../../support/process';

jest.setTimeout(60_000);

let server: TestServer;
beforeAll(async () => {
  server = await startServer([], scriptedAgent);
  await server.client.create(core('serviceaccounts'), { metadata: { name: 'default', namespace: 'default' } });
  const pod = { metadata: { name: 'web', namespace: 'default' }, spec: { nodeName: 'node', containers: [{ name: 'c', image: 'x' }], serviceAccountName: 'default' } };
  await server.client.create(core('pods'), pod as never);
  await server.client.patch(core('pods'), 'web', 'default', 'merge', { status: { phase: 'Running', podIP: '127.0.0.1' } }, { subresource: 'status' });
});
afterAll(() => server.close());

const env = () => ({ ...process.env, HOME: '/nonexistent', KUBECONFIG: server.kubeconfig });

/** The address of a proxy that runs as long as `use` does. */
async function withProxy(args: string[], use: (url: string) => Promise<void>): Promise<void> {
  const running = background(knarrPath, ['proxy', '--port=0', ...args], env());
  try {
    await use(`http://${await eventually(() => /^Starting to serve on (\S+)\n/.exec(running.output())?.[1])}`);
  } finally {
    await running.end();
  }
}

describeWithOracle('through the proxy, as its user', () => {
  const kubectl = (url: string, args: string[], webSockets = 'true') =>
    runAsync(kubectlPath(), [`--server=${url}`, ...args], { ...process.env, HOME: '/nonexistent', KUBECONFIG: '/dev/null', KUBECTL_REMOTE_COMMAND_WEBSOCKETS: webSockets });

  test('commands that switch protocols pass, where they are let', () => withProxy(['--reject-paths=^$'], async (url) => {
    const done = { code: 0, stdout: 'hi\n', stderr: 'to stderr\n' };
    expect(await kubectl(url, ['exec', 'web', '--', 'echo', 'hi'])).toEqual(done);
    expect(await kubectl(url, ['exec', 'web', '--', 'echo', 'hi'], 'false')).toEqual(done);
    expect((await kubectl(url, ['auth', 'whoami', '-o', 'jsonpath={.status.userInfo.username}'])).stdout).toBe('kubernetes-admin');
    expect((await kubectl(url, ['auth', 'whoami', '--as=jane', '-o', 'jsonpath={.status.userInfo.username}'])).stdout).toBe('jane');
  }));

  test('and else do not', () => withProxy([], async (url) => {
    expect((await kubectl(url, ['exec', 'web', '--', 'echo', 'hi'])).code).toBe(1);
  }));
});

test('a watch tells what happens while it happens', () => withProxy([], async (url) => {
  const { body } = await fetch(`${url}/api/v1/namespaces/default/configmaps?watch=1`);
  await server.client.create(core('configmaps'), { metadata: { name: 'seen', namespace: 'default' } });
  const reader = body!.pipeThrough(new TextDecoderStream()).getReader();
  const { value = '' } = await reader.read();
  expect((JSON.parse(value) as { object: { metadata: { name: string } } }).object.metadata.name).toBe('seen');
  await reader.cancel();
}));
