import { scaleFlags } from '../../../../src/cli/verbs/scale/flags';
import { scale } from '../../../../src/cli/verbs/scale/scale';
import { inputOf, testSession, type TestOptions } from '../../session';

const path = '/apis/apps/v1/namespaces/default/deployments/web';
const web = { kind: 'Deployment', apiVersion: 'apps/v1', metadata: { name: 'web', namespace: 'default' }, spec: { replicas: 1 } };
const current = { kind: 'Scale', apiVersion: 'autoscaling/v1', metadata: { name: 'web', namespace: 'default', resourceVersion: '7' }, spec: { replicas: 1 } };
const routes: NonNullable<TestOptions['routes']> = {
  [`GET ${path}`]: web, [`GET ${path}/scale`]: current, [`PUT ${path}/scale`]: current, [`PATCH ${path}/scale`]: current,
};

async function line(...argv: string[]) {
  const session = testSession({ routes });
  await scale(session, inputOf(argv, scaleFlags));
  return session;
}

it('sets the number of replicas', async () => {
  const session = await line('deployment', 'web', '--replicas=3');
  expect(session.stdout()).toBe('deployment.apps/web scaled\n');
  const write = session.sent.at(-1)!;
  const body = typeof write.body === 'object' ? JSON.stringify(write.body) : String(write.body);
  expect(JSON.parse(body)).toMatchObject({ spec: { replicas: 3 } });
});

it('only looks for --dry-run=client', async () => {
  const session = await line('deployment', 'web', '--replicas=3', '--dry-run=client');
  expect(session.stdout()).toBe('deployment.apps/web scaled (dry run)\n');
  expect(session.requests).toEqual([`GET ${path}`]);
});

it.each([
  [['deployment', 'web'], 'required flag(s) "replicas" not set'],
  [['deployment', 'web', '--replicas=-1'], 'The --replicas=COUNT flag is required, and COUNT must be greater than or equal to 0'],
  [['deployment', 'web', '--replicas=2', '--current-replicas=5'], 'Expected replicas to be 5, was 1'],
])('%j is refused', async (argv, message) => {
  await expect(line(...argv)).rejects.toMatchObject({ message });
});

it('repeats why nothing was found', async () => {
  await expect(line('deployment', 'nosuch', '--replicas=1')).rejects.toMatchObject({ message: expect.stringMatching(/^no objects passed to scale .*nosuch/) as string });
});
