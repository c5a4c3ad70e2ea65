import { logsFlags } from '../../../../src/cli/verbs/logs/flags';
import { logs } from '../../../../src/cli/verbs/logs/logs';
import { linePrefixer } from '../../../../src/cli/verbs/logs/prefix';
import { inputOf, testSession } from '../../session';

const pods = '/api/v1/namespaces/default/pods';
const pod = (name: string, ...containers: string[]) =>
  ({ kind: 'Pod', apiVersion: 'v1', metadata: { name, namespace: 'default' }, spec: { containers: containers.map((each) => ({ name: each })) } });
const routes = {
  [`GET ${pods}/web`]: pod('web', 'main', 'side'),
  [`GET ${pods}/web/log`]: 'one\ntwo\n',
  [`GET ${pods}`]: { kind: 'PodList', apiVersion: 'v1', metadata: {}, items: [pod('web', 'main'), pod('other', 'main')] },
  [`GET ${pods}/other/log`]: 'three\n',
};

async function line(...argv: string[]) {
  const session = testSession({ routes });
  await logs(session, inputOf(argv, logsFlags));
  return session;
}

it('prints the first container and says that there was a choice', async () => {
  const session = await line('web');
  expect(session.stdout()).toBe('one\ntwo\n');
  expect(session.stderr()).toBe('Defaulted container "main" out of: main, side\n');
});

it('reads all pods of a selector, ten lines each', async () => {
  const session = await line('-l', 'app=web', '--prefix');
  expect(session.stdout()).toBe('[pod/web/main] one\n[pod/web/main] two\n[pod/other/main] three\n');
  expect(session.requests.at(-1)).toContain('tailLines=10');
});

it.each([
  [['web', '-c', 'nosuch'], 'container nosuch is not valid for pod web'],
  [['web', '--since=1h', '--since-time=2026-01-01T00:00:00Z'], 'at most one of `sinceTime` or `sinceSeconds` may be specified'],
  [['web', '--tail=-2'], '--tail must be greater than or equal to -1'],
  [['-l', 'app=web', '-f', '--max-log-requests=1'],
    'you are attempting to follow 2 log streams, but maximum allowed concurrency is 1, use --max-log-requests to increase the limit'],
])('%j is refused', async (argv, message) => {
  await expect(line(...argv)).rejects.toMatchObject({ message });
});

it('prefixes lines wherever the chunks end', () => {
  const prefix = linePrefixer('> ');
  const text = ['a', 'b\nc', '\n', 'd\n'].map((chunk) => Buffer.from(prefix(Buffer.from(chunk))).toString()).join('');
  expect(text).toBe('> ab\n> c\n> d\n');
});
