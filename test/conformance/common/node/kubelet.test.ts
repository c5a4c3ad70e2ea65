import { outputOf, podGone, podLogs, podOf, podRunning, program, shell } from '../../support/pods';
import { pods } from '../../support/resources';
import { rowOnDocker } from '../../support/row';

const label = (name: string) => `[sig-node] Kubelet when scheduling ${name} [NodeConformance]`;

rowOnDocker(label('a busybox command in a pod should print the output to logs'), async (t) => {
  await t.api(pods).create(podOf('pod', [shell('main', 'echo Hello World; sleep 240')]));
  await podRunning(t, 'pod');
  await t.eventually(async () => (await podLogs(t, 'pod')) === 'Hello World\n');
});

rowOnDocker(label('a busybox command that always fails in a pod should have an terminated reason'), async (t) => {
  await t.api(pods).create(podOf('pod', [program('main', ['/bin/false'])]));
  await t.eventually(async () => {
    const { state, lastState } = (await t.api(pods).get('pod')).status!.containerStatuses![0]!;
    const ended = state?.terminated ?? lastState?.terminated;
    return ended?.exitCode !== 0 && ended?.reason;
  });
});

rowOnDocker(label('a busybox command that always fails in a pod should be possible to delete'), async (t) => {
  await t.api(pods).create(podOf('pod', [program('main', ['/bin/false'])]));
  await t.api(pods).delete('pod');
  await podGone(t, 'pod');
});

rowOnDocker(label('an agnhost Pod with hostAliases should write entries to /etc/hosts'), async (t) => {
  const hostAliases = [{ ip: '123.45.67.89', hostnames: ['foo', 'bar'] }];
  const output = await outputOf(t, podOf('pod', [program('main', ['cat', '/etc/hosts'])], { hostAliases }));
  expect(output).toContain('123.45.67.89\tfoo\tbar\n');
});

rowOnDocker(label('a read only busybox container should not write to root filesystem [LinuxOnly]'), async (t) => {
  const script = 'echo test > /file; test ! -e /file && echo kept';
  expect(await outputOf(t, podOf('pod', [shell('main', script, { securityContext: { readOnlyRootFilesystem: true } })]))).toContain('kept\n');
});
