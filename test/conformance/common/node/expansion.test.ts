import type { Container, EnvVar } from '../../../../src/api/generated/core.v1';
import { outputOf, podExec, podGone, podOf, podReady, podRunning, shell, untilTold } from '../../support/pods';
import { pods } from '../../support/resources';
import { rowOnDocker, type RowContext } from '../../support/row';

const label = (name: string) => `[sig-node] Variable Expansion should ${name}`;

rowOnDocker(label('allow composing env vars into new env vars [NodeConformance]'), async (t) => {
  const env = [{ name: 'FOO', value: 'foo-value' }, { name: 'BAR', value: 'bar-value' }, { name: 'FOOBAR', value: '$(FOO);;$(BAR)' }];
  const output = await outputOf(t, podOf('pod', [shell('main', 'env', { env })]));
  for (const line of ['FOO=foo-value', 'BAR=bar-value', 'FOOBAR=foo-value;;bar-value']) expect(output).toContain(`${line}\n`);
});

const testVar = [{ name: 'TEST_VAR', value: 'test-value' }];

rowOnDocker(label("allow substituting values in a container's command [NodeConformance]"), async (t) => {
  const main = shell('main', 'TEST_VAR=wrong echo "$(TEST_VAR)"', { env: testVar });
  expect(await outputOf(t, podOf('pod', [main]))).toBe('test-value\n');
});

rowOnDocker(label("allow substituting values in a container's args [NodeConformance]"), async (t) => {
  const main = { ...shell('main', ''), command: ['sh', '-c'], args: ['TEST_VAR=wrong echo "$(TEST_VAR)"'], env: testVar };
  expect(await outputOf(t, podOf('pod', [main]))).toBe('test-value\n');
});

const volumes = [{ name: 'workdir', emptyDir: {} }];
const podName: EnvVar = { name: 'POD_NAME', valueFrom: { fieldRef: { fieldPath: 'metadata.name' } } };
const annotation: EnvVar = { name: 'ANNOTATION', valueFrom: { fieldRef: { fieldPath: "metadata.annotations['mysubpath']" } } };

/** The volume as a whole at /whole, and the part of it that the expression names at /part. */
const mounting = (script: string, subPathExpr: string, env: EnvVar[]): Container =>
  shell('main', script, { env, volumeMounts: [{ name: 'workdir', mountPath: '/part', subPathExpr }, { name: 'workdir', mountPath: '/whole' }] });

rowOnDocker(label('allow substituting values in a volume subpath'), async (t) => {
  const main = mounting('test -d /whole/pod && touch /part/here && test -f /whole/pod/here', '$(POD_NAME)', [podName]);
  await outputOf(t, podOf('pod', [main], { volumes }));
});

/** The container is never made, and the pod stays where it is. */
async function cannotStart(t: RowContext, main: Container, annotations: Record<string, string> = {}): Promise<void> {
  const { metadata, spec } = podOf('pod', [main], { volumes });
  await t.api(pods).create({ metadata: { ...metadata, annotations }, spec });
  await t.eventually(async () => (await t.api(pods).get('pod')).status?.containerStatuses?.[0]?.state?.waiting?.reason === 'CreateContainerConfigError');
  expect((await t.api(pods).get('pod')).status?.phase).toBe('Pending');
}

rowOnDocker(label('fail substituting values in a volume subpath with backticks [Slow]'), (t) =>
  cannotStart(t, mounting('true', '$(POD_NAME)', [{ name: 'POD_NAME', value: '..' }])));

rowOnDocker(label('fail substituting values in a volume subpath with absolute path [Slow]'), (t) =>
  cannotStart(t, mounting('true', '$(POD_NAME)', [{ name: 'POD_NAME', value: '/tmp' }])));

rowOnDocker(label('verify that a failing subpath expansion can be modified during the lifecycle of a container [Slow]'), async (t) => {
  await cannotStart(t, mounting(untilTold, '$(ANNOTATION)/$(POD_NAME)', [podName, annotation]), { notmysubpath: 'mypath' });
  await t.api(pods).patch('pod', 'merge', { metadata: { annotations: { mysubpath: 'mypath' } } });
  await podRunning(t, 'pod');
});

rowOnDocker(label('succeed in writing subpaths in container [Slow]'), async (t) => {
  const { metadata, spec } = podOf('pod', [mounting(untilTold, '$(ANNOTATION)/$(POD_NAME)', [podName, annotation])], { volumes });
  await t.api(pods).create({ metadata: { ...metadata, annotations: { mysubpath: 'mypath' } }, spec });
  await podReady(t, 'pod');
  expect(await podExec(t, 'pod', ['touch', '/whole/mypath/pod/test.log'])).toMatchObject({ code: 0 });
  expect(await podExec(t, 'pod', ['test', '-f', '/part/test.log'])).toMatchObject({ code: 0 });
  // What is mounted stays mounted, whatever becomes of the annotation.
  await t.api(pods).patch('pod', 'merge', { metadata: { annotations: { mysubpath: 'mynewpath' } } });
  expect(await podExec(t, 'pod', ['test', '-f', '/part/test.log'])).toMatchObject({ code: 0 });
  await t.api(pods).delete('pod');
  await podGone(t, 'pod');
});
