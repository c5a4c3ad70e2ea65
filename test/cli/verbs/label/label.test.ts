import { annotate } from '../../../../src/cli/verbs/annotate/annotate';
import { annotateFlags } from '../../../../src/cli/verbs/annotate/flags';
import { labelFlags } from '../../../../src/cli/verbs/label/flags';
import { label } from '../../../../src/cli/verbs/label/label';
import { runVerb } from '../run-verb';

const pod = { apiVersion: 'v1', kind: 'Pod', metadata: { name: 'a', namespace: 'default', labels: { tier: 'front' }, annotations: { note: 'one' } } };
const path = '/api/v1/namespaces/default/pods/a';
const routes = { [`GET ${path}`]: pod, [`PATCH ${path}`]: pod };

test.each<[string, string, object | undefined]>([
  ['pod a x=y', 'pod/a labeled\n', { metadata: { labels: { x: 'y' } } }],
  ['pod a tier=front', 'pod/a not labeled\n', {}],
  ['pod a tier-', 'pod/a unlabeled\n', { metadata: { labels: { tier: null } } }],
  ['pod a nosuch-', 'label "nosuch" not found.\npod/a not labeled\n', {}],
  ['pod a tier=back --overwrite', 'pod/a labeled\n', { metadata: { labels: { tier: 'back' } } }],
  ['pod a x=y --dry-run=client', 'pod/a labeled (dry run)\n', undefined],
  ['pod a --list', 'tier=front\n', undefined],
])('label %s', async (line, out, patch) => {
  const run = await runVerb(label, labelFlags, line, { routes });
  expect(run).toMatchObject({ out, err: '', code: 0 });
  expect(run.sent.find(({ method }) => method === 'PATCH')?.body).toEqual(patch);
});

test.each<[string, string]>([
  ['pod a tier=back', "error: 'tier' already has a value (front), and --overwrite is false\n"],
  ['pod a', 'error: at least one label update is required\n'],
  ['pod a a=b=c', 'error: invalid label spec: a=b=c\n'],
  ['a=b', 'error: one or more resources must be specified as <resource> <name> or <resource>/<name>\n'],
  ['pod a x=y pod', 'error: all resources must be specified before label changes: pod\n'],
  ['pod a x=y x-', 'error: can not both modify and remove a label in the same command\n'],
])('label %s is refused', async (line, err) => {
  expect(await runVerb(label, labelFlags, line, { routes })).toMatchObject({ out: '', err, code: 1 });
});

test('a version that must hold travels in the patch', async () => {
  const { sent } = await runVerb(label, labelFlags, 'pod a x=y --resource-version=9', { routes });
  expect(sent.at(-1)!.body).toEqual({ metadata: { labels: { x: 'y' }, resourceVersion: '9' } });
});

test.each<[string, string, object]>([
  ['pod a text=a=b', 'pod/a annotated\n', { metadata: { annotations: { text: 'a=b' } } }],
  ['pod a note-', 'pod/a annotated\n', { metadata: { annotations: { note: null } } }],
])('annotate %s', async (line, out, patch) => {
  const { sent, ...run } = await runVerb(annotate, annotateFlags, line, { routes });
  expect(run).toMatchObject({ out, err: '', code: 0 });
  expect(sent.at(-1)!.body).toEqual(patch);
});

test('annotations are not overwritten unasked', async () => {
  const { err } = await runVerb(annotate, annotateFlags, 'pod a note=two', { routes });
  expect(err).toBe("error: --overwrite is false but found the following declared annotation(s): 'note' already has a value (one)\n");
});
