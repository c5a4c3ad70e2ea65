import { waitFlags } from '../../../../src/cli/verbs/wait/flags';
import { wait } from '../../../../src/cli/verbs/wait/wait';
import type { TestOptions } from '../../session';
import { runVerb } from '../run-verb';

const pod = (ready: string) => ({ apiVersion: 'v1', kind: 'Pod', metadata: { name: 'a', namespace: 'default', resourceVersion: '5' }, status: { conditions: [{ type: 'Ready', status: ready }] } });
const list = (...items: object[]) => ({ kind: 'PodList', apiVersion: 'v1', metadata: { resourceVersion: '7' }, items });
const one = 'GET /api/v1/namespaces/default/pods/a';
const lists = (items: object[], events: object[] = []): TestOptions['routes'] => ({
  [one]: pod('False'),
  'GET /api/v1/namespaces/default/pods': ({ query }) => (query?.['watch'] ? events.map((event) => `${JSON.stringify(event)}\n`).join('') : list(...items)),
});

const run = (line: string, routes: TestOptions['routes'] = {}) => runVerb(wait, waitFlags, line, { routes });

test('what is so already is met at once', async () => {
  expect(await run('--for=condition=Ready pod/a', lists([pod('True')]))).toMatchObject({ out: 'pod/a condition met\n', code: 0 });
});

test('a change that is watched counts', async () => {
  const events = [{ type: 'MODIFIED', object: pod('False') }, { type: 'MODIFIED', object: pod('True') }];
  expect(await run('--for=condition=Ready pod/a', lists([pod('False')], events))).toMatchObject({ out: 'pod/a condition met\n', code: 0 });
});

test('an object that went before it was watched is not found', async () => {
  expect(await run('--for=condition=Ready pod/a', lists([]))).toMatchObject({ err: 'Error from server (NotFound): pods "a" not found\n', code: 1 });
});

test('with no time at all the object is looked at once', async () => {
  expect(await run('--for=condition=Ready pod/a --timeout=0', lists([]))).toMatchObject({ err: 'error: condition not met for pods/a\n', code: 1 });
});

test.each([
  ['gone before', {}],
  ['gone when listed', lists([])],
  ['seen going', lists([pod('True')], [{ type: 'DELETED', object: pod('True') }])],
])('deleted: %s', async (_, routes) => {
  expect(await run('--for=delete pod/a', routes)).toMatchObject({ code: 0 });
});

test('nothing selected', async () => {
  expect(await run('--for=condition=Ready pod -l a=b', lists([]))).toMatchObject({ err: 'error: no matching resources found\n', code: 1 });
});
