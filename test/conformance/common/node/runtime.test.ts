import type { Container, PodSpec, PodStatus } from '../../../../src/api/generated/core.v1';
import { podFinished, podGone, podOf, shell } from '../../support/pods';
import { pods } from '../../support/resources';
import { rowOnDocker, type RowContext } from '../../support/row';

const label = (name: string) => `[sig-node] Container Runtime blackbox test ${name} [NodeConformance]`;

/** Fails, then succeeds, then runs on. */
const thrice = `
echo run >> /count/runs
case $(wc -l < /count/runs) in 1) exit 1;; 2) exit 0;; esac
trap "exit 0" TERM; while :; do sleep 1; done`;

const expected: [PodSpec['restartPolicy'], Partial<PodStatus>, state: string, restartCount: number, ready: boolean][] = [
  ['Always', { phase: 'Running' }, 'running', 2, true],
  ['OnFailure', { phase: 'Succeeded' }, 'terminated', 1, false],
  ['Never', { phase: 'Failed' }, 'terminated', 0, false],
];

rowOnDocker(label('when starting a container that exits should run with the expected status'), async (t) => {
  await Promise.all(expected.map(async ([restartPolicy, { phase }, state, restartCount, ready]) => {
    const name = `exits-${restartPolicy!.toLowerCase()}`;
    const main = shell('main', thrice, { volumeMounts: [{ name: 'count', mountPath: '/count' }] });
    await t.api(pods).create(podOf(name, [main], { restartPolicy, volumes: [{ name: 'count', emptyDir: { medium: 'Memory' } }] }));
    await t.eventually(async () => {
      const { status } = await t.api(pods).get(name);
      const of = status!.containerStatuses![0]!;
      expect({ phase: status!.phase, state: Object.keys(of.state!), restartCount: of.restartCount, ready: of.ready })
        .toEqual({ phase, state: [state], restartCount, ready });
      return true;
    }, 120_000);
    await t.api(pods).delete(name);
    await podGone(t, name);
  }));
});

async function messageOf(t: RowContext, script: string, more: Partial<Container>): Promise<{ phase?: string; message?: string }> {
  await t.api(pods).create(podOf('pod', [shell('main', script, more)], { restartPolicy: 'Never' }));
  const { status } = await podFinished(t, 'pod');
  return { phase: status?.phase, message: status?.containerStatuses?.[0]?.state?.terminated?.message };
}

const terminated = (name: string) => label(`on terminated container should report termination message ${name}`);
const orLogs = { terminationMessagePath: '/dev/termination-log', terminationMessagePolicy: 'FallbackToLogsOnError' } as const;

rowOnDocker(terminated('if TerminationMessagePath is set as non-root user and at a non-default path'), async (t) => {
  const more = { terminationMessagePath: '/dev/termination-custom-log', securityContext: { runAsUser: 10000 } };
  expect(await messageOf(t, 'echo -n DONE > /dev/termination-custom-log', more)).toEqual({ phase: 'Succeeded', message: 'DONE' });
});

rowOnDocker(terminated('from log output if TerminationMessagePolicy FallbackToLogsOnError is set'), async (t) => {
  expect(await messageOf(t, 'echo -n DONE; false', orLogs)).toEqual({ phase: 'Failed', message: 'DONE' });
});

rowOnDocker(terminated('as empty when pod succeeds and TerminationMessagePolicy FallbackToLogsOnError is set'), async (t) => {
  expect(await messageOf(t, 'echo -n DONE; true', orLogs)).toEqual({ phase: 'Succeeded', message: undefined });
});

rowOnDocker(terminated('from file when pod succeeds and TerminationMessagePolicy FallbackToLogsOnError is set'), async (t) => {
  expect(await messageOf(t, 'echo -n OK > /dev/termination-log; echo DONE; true', orLogs)).toEqual({ phase: 'Succeeded', message: 'OK' });
});
