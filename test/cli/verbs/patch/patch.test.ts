import { patchFlags } from '../../../../src/cli/verbs/patch/flags';
import { patch } from '../../../../src/cli/verbs/patch/patch';
import { runVerb } from '../run-verb';

const pod = { apiVersion: 'v1', kind: 'Pod', metadata: { name: 'a', namespace: 'default' }, spec: { containers: [{ name: 'main', image: 'nginx' }] } };
const path = '/api/v1/namespaces/default/pods/a';
const routes = { [`GET ${path}`]: pod, [`PATCH ${path}`]: { ...pod, spec: {} } };
const run = (argv: string[], answers: object = routes) => runVerb(patch, patchFlags, argv, { routes: answers as never, stdin: JSON.stringify(pod) });

test.each([['strategic', 'application/strategic-merge-patch+json'], ['merge', 'application/merge-patch+json'], ['json', 'application/json-patch+json']])('%s patches travel as what they are', async (type, contentType) => {
  const { out, sent } = await run(['pod', 'a', `--type=${type}`, '-p', 'spec: {x: 1}']);
  expect(out).toBe('pod/a patched\n');
  expect(sent.at(-1)).toMatchObject({ method: 'PATCH', contentType, body: '{"spec":{"x":1}}' });
});

test('a patch without effect is called so', async () => {
  expect(await run(['pod', 'a', '-p', '{}'], { ...routes, [`PATCH ${path}`]: pod })).toMatchObject({ out: 'pod/a patched (no change)\n' });
});

test('locally nothing is asked', async () => {
  const { out, requests } = await run(['-f', '-', '--local', '-p', '{"spec":{"containers":[{"name":"main","image":"redis"}]}}', '-o', 'jsonpath={.spec.containers[*].image}']);
  expect(out).toBe('redis');
  expect(requests).toEqual([]);
});

test.each<[string[], string]>([
  [['pod', 'a'], 'must specify --patch or --patch-file containing the contents of the patch'],
  [['pod', 'a', '-p', '{}', '--patch-file', 'x'], 'cannot specify --patch and --patch-file together'],
  [['pod', 'a', '-p', '{}', '--type', 'other'], '--type must be one of [json merge strategic], not "other"'],
  [['pod', 'a', '-p', '{}', '--local'], 'cannot specify --local and server resources'],
  [['pod', 'a', '--patch-file', 'nosuch'], 'unable to read patch file: open nosuch: no such file or directory'],
  [['pod', 'a', '-p', 'a: ['], 'unable to parse "a: [": yaml: line 1: did not find expected node content'],
])('%j is refused', async (argv, message) => {
  expect(await run(argv)).toMatchObject({ out: '', err: `error: ${message}\n`, code: 1 });
});
