import type { EphemeralContainer } from '../../../../src/api/generated/core.v1';
import { images, podExec, podLogs, podOf, podReady, shell, untilTold } from '../../support/pods';
import { pods } from '../../support/resources';
import { rowOnDocker, type RowContext } from '../../support/row';

const label = (name: string) => `[sig-node] Ephemeral Containers [NodeConformance] ${name}`;

const debugger_ = (name: string, script: string): EphemeralContainer =>
  ({ name, image: images.busybox, command: ['sh', '-c', script], targetContainerName: 'main', terminationMessagePolicy: 'File', imagePullPolicy: 'IfNotPresent' });

async function running(t: RowContext): Promise<void> {
  await t.api(pods).create(podOf('pod', [shell('main', untilTold)]));
  await podReady(t, 'pod');
}

const ephemeralRuns = (t: RowContext, name: string) => t.eventually(async () =>
  (await t.api(pods).get('pod')).status?.ephemeralContainerStatuses?.some((status) => status.name === name && status.state?.running), 120_000);

rowOnDocker(label('will start an ephemeral container in an existing pod'), async (t) => {
  await running(t);
  await t.api(pods).patch('pod', 'strategic', { spec: { ephemeralContainers: [debugger_('debugger', `echo polo; ${untilTold}`)] } }, { subresource: 'ephemeralcontainers' });
  await ephemeralRuns(t, 'debugger');
  await t.eventually(async () => (await podLogs(t, 'pod', 'debugger')) === 'polo\n');
  expect((await podExec(t, 'pod', ['echo', 'marco'], 'debugger')).stdout).toBe('marco\n');
});

rowOnDocker(label('should update the ephemeral containers in an existing pod'), async (t) => {
  await running(t);
  const names = ['debugger-1', 'debugger-2'];
  for (const name of names) {
    await t.api(pods).change('pod', (pod) => { pod.spec!.ephemeralContainers = [...(pod.spec!.ephemeralContainers ?? []), debugger_(name, untilTold)]; }, { subresource: 'ephemeralcontainers' });
    await ephemeralRuns(t, name);
  }
  expect((await t.api(pods).get('pod')).spec!.ephemeralContainers!.map(({ name }) => name)).toEqual(names);
});
