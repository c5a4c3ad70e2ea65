import type { Pod, PodSpec } from '../../../../src/api/generated/core.v1';
import { podFinished, podOf, podReady, shell, untilTold } from '../../support/pods';
import { pods } from '../../support/resources';
import { rowOnDocker, type RowContext } from '../../support/row';

const label = (name: string) => `[sig-node] InitContainer [NodeConformance] should ${name}`;

const create = (t: RowContext, restartPolicy: PodSpec['restartPolicy'], init: readonly string[], main: string) =>
  t.api(pods).create(podOf('pod', [shell('run1', main)], { restartPolicy, initContainers: init.map((script, at) => shell(`init${at + 1}`, script)) }));

const isInitialized = ({ status }: Pod) => status?.conditions?.find(({ type }) => type === 'Initialized')?.status;

/** Both ended well, one after the other. */
function initContainersSucceeded(pod: Pod): void {
  expect(isInitialized(pod)).toBe('True');
  const ended = pod.status!.initContainerStatuses!.map(({ ready, state }) => {
    expect({ ready, exitCode: state?.terminated?.exitCode }).toEqual({ ready: true, exitCode: 0 });
    return state!.terminated!;
  });
  expect(Date.parse(ended[1]!.startedAt!)).toBeGreaterThanOrEqual(Date.parse(ended[0]!.finishedAt!));
}

rowOnDocker(label('invoke init containers on a RestartNever pod'), async (t) => {
  await create(t, 'Never', ['true', 'true'], 'true');
  const pod = await podFinished(t, 'pod');
  expect(pod.status?.phase).toBe('Succeeded');
  initContainersSucceeded(pod);
});

rowOnDocker(label('invoke init containers on a RestartAlways pod'), async (t) => {
  await create(t, 'Always', ['true', 'true'], untilTold);
  const pod = await podReady(t, 'pod');
  expect(pod.status?.phase).toBe('Running');
  initContainersSucceeded(pod);
});

rowOnDocker(label('not start app containers if init containers fail on a RestartAlways pod'), async (t) => {
  const watch = await t.api(pods).watch();
  await create(t, 'Always', ['false', 'true'], untilTold);
  await t.eventually(async () => ((await t.api(pods).get('pod')).status?.initContainerStatuses?.[0]?.restartCount ?? 0) >= 3, 120_000);
  for (const { object } of watch.events) {
    const { status } = object as Pod;
    for (const later of [status?.initContainerStatuses?.[1], status?.containerStatuses?.[0]]) {
      if (later) expect(Object.keys(later.state ?? {})).toEqual(['waiting']);
    }
  }
  const pod = await t.api(pods).get('pod');
  expect(pod.status).toMatchObject({ phase: 'Pending' });
  expect(pod.status!.conditions).toContainEqual(expect.objectContaining({ type: 'Initialized', status: 'False', reason: 'ContainersNotInitialized', message: 'containers with incomplete status: [init1 init2]' }));
});

rowOnDocker(label('not start app containers and fail the pod if init containers fail on a RestartNever pod'), async (t) => {
  await create(t, 'Never', ['true', 'false'], 'true');
  const pod = await podFinished(t, 'pod');
  expect(pod.status).toMatchObject({ phase: 'Failed' });
  expect(pod.status!.initContainerStatuses!.map(({ state }) => state?.terminated?.exitCode)).toEqual([0, 1]);
  expect(pod.status!.conditions).toContainEqual(expect.objectContaining({ type: 'Initialized', status: 'False', reason: 'ContainersNotInitialized', message: 'containers with incomplete status: [init2]' }));
  expect(pod.status!.containerStatuses![0]!.state?.waiting?.reason).toBe('PodInitializing');
});
