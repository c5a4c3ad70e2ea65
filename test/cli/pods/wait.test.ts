import type { Pod } from '../../../src/api/generated/core.v1';
import { hasSucceeded, isFinished, isRunningAndReadyOrFinished, waitForPod } from '../../../src/cli/pods/wait';
import { testSession, type TestOptions } from '../session';

const pod = (phase: string, ready = false) =>
  ({ kind: 'Pod', apiVersion: 'v1', metadata: { name: 'web', namespace: 'default' }, spec: {}, status: { phase, conditions: [{ type: 'Ready', status: ready ? 'True' : 'False' }] } });

it.each([
  ['Pending', false, [false, false, false]],
  ['Running', false, [false, false, false]],
  ['Running', true, [true, false, false]],
  ['Succeeded', false, [true, true, true]],
  ['Failed', false, [true, true, false]],
])('%s, ready: %j', (phase, ready, expected) => {
  const conditions = [isRunningAndReadyOrFinished, isFinished, hasSucceeded];
  expect(conditions.map((condition) => condition(pod(phase, ready) as unknown as Pod))).toEqual(expected);
});

const path = '/api/v1/namespaces/default/pods';
const wait = { namespace: 'default', name: 'web', timeoutMs: 0, until: isFinished };

/** A list with one pod, then the events of a watch. */
function session(listed: object[], events: object[]) {
  const routes: TestOptions['routes'] = {
    [`GET ${path}`]: (request) => (JSON.stringify(request).includes('watch')
      ? events.map((event) => `${JSON.stringify(event)}\n`).join('')
      : { kind: 'PodList', apiVersion: 'v1', metadata: { resourceVersion: '1' }, items: listed }),
  };
  return testSession({ routes });
}

it('needs no watch for what is already so', async () => {
  const at = session([pod('Succeeded')], []);
  await expect(waitForPod(at, wait)).resolves.toMatchObject({ status: { phase: 'Succeeded' } });
  expect(at.requests).toHaveLength(1);
});

it('follows the pod until it is so', async () => {
  const at = session([pod('Pending')], [{ type: 'MODIFIED', object: pod('Running') }, { type: 'MODIFIED', object: pod('Failed') }]);
  await expect(waitForPod(at, wait)).resolves.toMatchObject({ status: { phase: 'Failed' } });
});

it('ends when the pod goes', async () => {
  const at = session([pod('Running')], [{ type: 'DELETED', object: pod('Running') }]);
  await expect(waitForPod(at, wait)).rejects.toMatchObject({ reason: 'NotFound', message: 'pods "" not found' });
});
