import { Readable } from 'node:stream';
import { systemClock } from '../../src/api/clock';
import { run } from '../../src/main/run';
import { registry } from '../../src/main/registry';

async function knarr(line: string) {
  const out: string[] = [];
  const err: string[] = [];
  const code = await run(line.split(' ').filter(Boolean), {
    streams: { in: Readable.from([]), out: { write: (chunk) => out.push(String(chunk)) }, err: { write: (chunk) => err.push(String(chunk)) } },
    env: { KUBECONFIG: '/nonexistent/config' }, home: '/nonexistent', cwd: '/', clock: systemClock, random: () => 0.5, signal: new AbortController().signal,
  });
  return { out: out.join(''), err: err.join(''), code };
}

test.each([
  ['foo', 'error: unknown command "foo" for "kubectl"'],
  ['gte', 'error: unknown command "gte" for "kubectl"\n\nDid you mean this?\n\tget\n'],
  ['get --foo', "error: unknown flag: --foo\nSee 'kubectl get --help' for usage.\n"],
  ['config foo', 'error: unknown command "foo"\nSee \'kubectl config -h\' for help and examples\n'],
  ['--foo', "error: unknown flag: --foo\nSee 'kubectl --help' for usage.\n"],
  ['version x', 'error: extra arguments: [x]\n'],
  ['-n x config current-context', 'error: current-context is not set\n'],
  ['--kubeconfig /nonexistent/x get pods', 'error: stat /nonexistent/x: no such file or directory\n'],
])('%s', async (line, text) => {
  const { out, err, code } = await knarr(line);
  expect({ out, code }).toEqual({ out: '', code: 1 });
  expect(err).toContain(text);
});

test.each(['', 'help', '--help', '-h', 'get -h', 'help get', 'get pods --help', 'config --help', 'help config view', 'options'])('help: knarr %s', async (line) => {
  const { out, err, code } = await knarr(line);
  expect({ err, code }).toEqual({ err: '', code: 0 });
  expect(out).toMatch(/Usage:|flags go with every command/);
});

test('a group alone shows its help on stderr and fails', async () => {
  expect(await knarr('config')).toMatchObject({ out: '', err: expect.stringContaining('use-context'), code: 1 });
});

test.each(Object.entries(registry))('%s has help and examples', async (path, entry) => {
  const { default: Cmd } = await entry.load();
  expect(Cmd.summary).toBeTruthy();
  expect(Cmd.examples?.length).toBeGreaterThan(0);
  expect((await knarr(`${path} --help`)).out).toContain(`knarr ${path}`);
});
