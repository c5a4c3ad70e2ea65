import { ApiError } from '../../../src/api/errors';
import type { NodeAgent } from '../../../src/cluster/apiserver/node-agent';
import { scriptedAgent } from '../../cluster/apiserver/support/agent';
import { core } from '../../cluster/apiserver/support/registry';
import { startServer, type TestServer } from '../../cluster/apiserver/support/server';
import { eventually, knarrPath } from '../../support/cluster';
import { inTerminal, type Terminal } from '../../support/terminal';

jest.setTimeout(60_000);

/** Commands that join a container, in a terminal: `script` gives them one. */

/** A shell of sorts: says how large its terminal is, repeats what is typed, ends with 3 on Ctrl-C. */
const terminalAgent: NodeAgent = {
  ...scriptedAgent,
  async exec(_pod, _options, { stdin, stdout, resize }) {
    if (!stdin || !stdout) throw new ApiError('InternalError', 'no streams');
    const sizes = resize?.[Symbol.asyncIterator]();
    const { value: size } = sizes ? await sizes.next() : { value: undefined };
    stdout.write(size ? `size ${size.width}x${size.height}\r\n` : 'no terminal\r\n');
    for await (const chunk of stdin as AsyncIterable<Buffer>) {
      const text = chunk.toString();
      if (text.includes('\u0003')) return { code: 3 };
      stdout.write(`<${text}>`);
    }
    return { code: 0 };
  },
  attach: (pod, options, streams) => terminalAgent.exec(pod, { ...options, command: [] }, streams),
};

let server: TestServer;
beforeAll(async () => {
  server = await startServer([], terminalAgent);
  await server.client.create(core('serviceaccounts'), { metadata: { name: 'default', namespace: 'default' } });
  const spec = { nodeName: 'node', containers: [{ name: 'c', image: 'x', stdin: true, tty: true }], serviceAccountName: 'default' };
  await server.client.create(core('pods'), { metadata: { name: 'web', namespace: 'default' }, spec } as never);
  await server.client.patch(core('pods'), 'web', 'default', 'merge', { status: { phase: 'Running', podIP: '127.0.0.1' } }, { subresource: 'status' });
});
afterAll(() => server.close());

function inSizedTerminal(command: string, env: Record<string, string>): Terminal {
  const line = `stty cols 93 rows 17; ${knarrPath} ${command}; code=$?; stty -a | grep -o ' -\\?echo '; exit $code`;
  return inTerminal(line, { ...process.env, HOME: '/nonexistent', KUBECONFIG: server.kubeconfig, ...env });
}

/** Attaching tells no exit code, as the container goes on without those who look on. */
test.each([
  ['exec -it web -- sh', 'true', 3], ['exec -it web -- sh', 'false', 3], ['attach -it web', 'true', 0],
])('%s, WebSockets: %s: size, keys one by one, Ctrl-C for the container, its exit code', async (command, webSockets, code) => {
  const terminal = inSizedTerminal(command, { KUBECTL_REMOTE_COMMAND_WEBSOCKETS: webSockets });
  // attach asks for another size first, so that what runs there draws anew.
  await eventually(() => terminal.output().includes(command.startsWith('exec') ? 'size 93x17' : 'size 94x18'));
  terminal.type('a');
  await eventually(() => terminal.output().includes('<a>'));
  terminal.type('\u0003');
  expect(await terminal.ended).toBe(code);
  // Put back in order: keys are echoed again.
  expect(terminal.output().trim().split('\n').at(-1)!.trim()).toBe('echo');
});
