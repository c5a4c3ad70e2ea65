import { canI } from '../../../../src/cli/verbs/auth/can-i';
import { canIFlags } from '../../../../src/cli/verbs/auth/flags';
import { runVerb } from '../run-verb';

const route = 'POST /apis/authorization.k8s.io/v1/selfsubjectaccessreviews';
const ask = async (line: string, status: object = { allowed: true }) => runVerb(canI, canIFlags, line, { routes: { [route]: { status } } });

test('yes is 0, no is 1 and tells why', async () => {
  expect(await ask('get pods')).toMatchObject({ out: 'yes\n', err: '', code: 0 });
  expect(await ask('get pods', { allowed: false, reason: 'so', evaluationError: 'oops' })).toMatchObject({ out: 'no - so - oops\n', code: 1 });
  expect(await ask('get pods -q', { allowed: false })).toMatchObject({ out: '', err: '', code: 1 });
});

test.each<[string, object]>([
  ['get deploy/web --subresource=scale', { resourceAttributes: { namespace: 'default', verb: 'get', group: 'apps', resource: 'deployments', subresource: 'scale', name: 'web' } }],
  ['list pods -A', { resourceAttributes: { namespace: '', verb: 'list', group: '', resource: 'pods', subresource: '', name: '' } }],
  ['get /metrics', { nonResourceAttributes: { verb: 'get', path: '/metrics' } }],
])('%s asks for it', async (line, spec) => {
  const { sent } = await ask(line);
  expect((sent[0]!.body as { spec: object }).spec).toEqual(spec);
});

test.each([
  ['get odd', 'the server doesn\'t have a resource type \'odd\'\n\n'],
  ['get odd.apps', 'the server doesn\'t have a resource type \'odd\' in group \'apps\'\n\n'],
  ['get namespaces', 'resource \'namespaces\' is not namespace scoped\n\n'],
  ['fly pods', 'verb \'fly\' is not a known verb\n\n'],
  ['fly /x', 'verb \'fly\' is not a known verb\n\n'],
])('%s is warned of', async (line, warning) => {
  expect(await ask(line)).toMatchObject({ out: 'yes\n', err: `Warning: ${warning}` });
});
