import { planRead } from '../../../src/cli/hot/plan';

test.each<[string, object]>([
  ['get pods', { type: 'pods', name: '' }],
  ['get po web', { type: 'po', name: 'web' }],
  ['get pod/web -oyaml', { type: 'pod', name: 'web' }],
  ['-n x get pods -o wide', { type: 'pods', name: '' }],
  ['get pods -A -lapp=x --no-headers', { type: 'pods', name: '' }],
  ['get deployments.apps --context c --kubeconfig f', { type: 'deployments.apps', name: '' }],
])('%s is a common read', (line, target) => {
  expect(planRead(line.split(' '))).toMatchObject(target);
});

test.each([
  '', 'get', 'foo', 'describe pods', 'get pods,svc', 'get pods a b', 'get pod/a svc/b', 'get pods -w', 'get pods --sort-by=.x', 'get -f x', 'get pods -o jsonpath={.x}',
  'get pods -o nope', 'get pods --foo', 'get pods -n', 'get pods --help', 'get pods -h', 'get --raw /x', 'get pods -s http://x', 'get pods --token t', 'get pods --as x',
  'get pod a -l x=y', 'get pod a -A', 'get pods --show-labels -o yaml', 'get pods -- x', 'get a/b/c', 'get pods --request-timeout=1', 'get pod a --subresource=status',
  'config get pods', 'get pods --ignore-not-found',
])('%s is left to the full path', (line) => {
  expect(planRead(line.split(' ').filter(Boolean))).toBeUndefined();
});
