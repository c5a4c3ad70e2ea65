import { runFlags } from '../../../../src/cli/verbs/run/flags';
import { run } from '../../../../src/cli/verbs/run/run';
import { inputOf, testSession, type TestOptions } from '../../session';

const pods = 'POST /api/v1/namespaces/default/pods';
const pod = { kind: 'Pod', apiVersion: 'v1', metadata: { name: 'web', namespace: 'default' } };

async function runLine(argv: string[], options: TestOptions = {}) {
  const session = testSession(options);
  await run(session, inputOf(argv, runFlags));
  return session;
}

const failure = (argv: string[], options?: TestOptions) => runLine(argv, options).then(() => 'no failure', (error: Error) => error.message);

it('creates the pod and says so', async () => {
  const session = await runLine(['web', '--image=nginx'], { routes: { [pods]: pod } });
  expect(session.stdout()).toBe('pod/web created\n');
  expect(session.requests).toEqual([`${pods}?fieldManager=kubectl-run`]);
});

it('asks nobody for --dry-run=client', async () => {
  const session = await runLine(['web', '--image=nginx', '--dry-run=client', '--expose', '--port=80']);
  expect(session.stdout()).toBe('service/web created (dry run)\npod/web created (dry run)\n');
  expect(session.requests).toEqual([]);
});

it('puts the namespace behind the name when it is given', async () => {
  const session = await runLine(['web', '--image=nginx', '--dry-run=client', '-o', 'json'], { namespace: 'other' });
  expect(Object.keys((JSON.parse(session.stdout()) as typeof pod).metadata)).toEqual(['name', 'namespace', 'creationTimestamp', 'labels']);
});

it.each([
  ['merge', '{"spec":{"nodeName":"x"}}'],
  ['json', '[{"op":"add","path":"/spec/nodeName","value":"x"}]'],
  ['strategic', '{"spec":{"nodeName":"x"}}'],
])('overrides by %s', async (type, overrides) => {
  const session = await runLine(['web', '--image=nginx', '--dry-run=client', '-o', 'json', `--overrides=${overrides}`, `--override-type=${type}`]);
  expect(JSON.parse(session.stdout())).toMatchObject({ spec: { nodeName: 'x', containers: [{ image: 'nginx' }] } });
});

it.each([
  [['web'], 'required flag(s) "image" not set'],
  [['--image=nginx'], 'NAME is required for run\nSee \'kubectl run -h\' for help and examples'],
  [['web', '--image='], '--image is required'],
  [['web', '--image=A b'], 'Invalid image name "A b": invalid reference format'],
  [['web', '--image=nginx', '-t'], '-i/--stdin is required for containers with -t/--tty=true\nSee \'kubectl run -h\' for help and examples'],
  [['web', '--image=nginx', '--expose'], '--port must be set when exposing a service\nSee \'kubectl run -h\' for help and examples'],
  [['web', '--image=nginx', '--restart=Sometimes'], 'invalid restart policy: Sometimes\nSee \'kubectl run -h\' for help and examples'],
  [['web', '--image=nginx', '--rm'], '--rm should only be used for attached containers\nSee \'kubectl run -h\' for help and examples'],
  [['web', '--image=nginx', '--overrides=x', '--dry-run=client'], 'Invalid JSON Patch'],
  [['web', '--image=nginx', '--overrides={}', '--override-type=x', '--dry-run=client'], 'invalid override type: x'],
  [['web', '--image=nginx', '--overrides={"spec":{"containers":3}}', '--dry-run=client'],
    'json: cannot unmarshal number into Go struct field PodSpec.spec.containers of type []v1.Container'],
])('%j is refused', async (argv, message) => {
  expect(await failure(argv)).toBe(message);
});

describe('a pod that has run before anybody could attach', () => {
  const ended = (phase: string, exitCode: number) => ({
    ...pod,
    spec: { containers: [{ name: 'web' }], restartPolicy: 'Never' },
    status: { phase, containerStatuses: [{ state: { terminated: { exitCode, reason: 'Error' } } }] },
  });
  const routes = (phase: string, exitCode: number) => ({
    [pods]: pod,
    'GET /api/v1/namespaces/default/pods': { kind: 'PodList', metadata: { resourceVersion: '5' }, items: [ended(phase, exitCode)] },
    'GET /api/v1/namespaces/default/pods/web/log': 'its log\n',
    'DELETE /api/v1/namespaces/default/pods/web': pod,
  });
  const line = ['web', '--image=busybox', '--restart=Never', '--attach', '--rm'];

  it('has its log printed and is deleted', async () => {
    const session = await runLine(line, { routes: routes('Succeeded', 0) });
    expect(session.stdout()).toBe('its log\npod "web" deleted\n');
  });

  it('ends the command with its own exit code', async () => {
    await expect(runLine(line, { routes: routes('Failed', 7) })).rejects.toMatchObject({ exitCode: 7, message: 'pod default/web terminated (Error)\n' });
  });
});
