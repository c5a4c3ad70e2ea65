import { rolloutPause, rolloutRestart, rolloutResume } from '../../../../src/cli/verbs/rollout/change';
import { rolloutChangeFlags, rolloutHistoryFlags, rolloutUndoFlags } from '../../../../src/cli/verbs/rollout/flags';
import { rolloutHistory } from '../../../../src/cli/verbs/rollout/history';
import { rolloutUndo } from '../../../../src/cli/verbs/rollout/undo';
import { runVerb } from '../run-verb';

const template = (image: string, labels: object = { app: 'web' }) => ({ metadata: { labels }, spec: { containers: [{ name: 'main', image }] } });
const deployment = (paused: boolean, image = 'v2') => ({
  apiVersion: 'apps/v1', kind: 'Deployment',
  metadata: { name: 'web', namespace: 'default', uid: 'u', annotations: { 'deployment.kubernetes.io/revision': '2', own: 'gone' } },
  spec: { ...(paused && { paused }), selector: { matchLabels: { app: 'web' } }, template: template(image) },
});
const replicaSet = (revision: number, image: string, owner = 'u') => ({
  metadata: {
    name: `web-${revision}`, namespace: 'default', ownerReferences: [{ controller: true, uid: owner }],
    annotations: { 'deployment.kubernetes.io/revision': String(revision), 'kubernetes.io/change-cause': `to ${image}` },
  },
  spec: { template: template(image, { 'app': 'web', 'pod-template-hash': 'x' }) },
});
const path = '/apis/apps/v1/namespaces/default/deployments/web';
const routes = (paused = false) => ({
  [`GET ${path}`]: deployment(paused), [`PATCH ${path}`]: deployment(paused),
  'GET /apis/apps/v1/namespaces/default/replicasets': { metadata: {}, items: [replicaSet(2, 'v2'), replicaSet(1, 'v1'), replicaSet(9, 'v9', 'other')] },
});

test('the history lists the deployment\'s own revisions in order', async () => {
  const { out } = await runVerb(rolloutHistory, rolloutHistoryFlags, 'deployment/web', { routes: routes() });
  expect(out).toBe('deployment.apps/web \nREVISION  CHANGE-CAUSE\n1         to v1\n2         to v2\n\n');
});

test.each([['', 'rolled back'], ['--to-revision=1', 'rolled back'], ['--to-revision=2', 'skipped rollback (current template already matches revision 2)']])('undo %s', async (flag, text) => {
  const { out, sent } = await runVerb(rolloutUndo, rolloutUndoFlags, `deployment/web ${flag}`, { routes: routes() });
  expect(out).toBe(`deployment.apps/web ${text}\n`);
  const patch = sent.find(({ method }) => method === 'PATCH')?.body;
  expect(patch).toEqual(text !== 'rolled back' ? undefined : [
    { op: 'replace', path: '/spec/template', value: template('v1') },
    { op: 'replace', path: '/metadata/annotations', value: { 'deployment.kubernetes.io/revision': '2', 'kubernetes.io/change-cause': 'to v1' } },
  ]);
});

test.each<[string, boolean, string]>([
  ['--to-revision=7', false, 'error: unable to find specified revision 7 in history\n'],
  ['', true, 'error: you cannot rollback a paused deployment; resume it first with \'kubectl rollout resume\' and try again\n'],
])('undo %s fails', async (flag, paused, err) => {
  expect(await runVerb(rolloutUndo, rolloutUndoFlags, `deployment/web ${flag}`, { routes: routes(paused) })).toMatchObject({ err, code: 1 });
});

test.each([
  ['restart', rolloutRestart, false, 'restarted', { spec: { template: { metadata: { annotations: { 'kubectl.kubernetes.io/restartedAt': '2026-01-01T00:00:00Z' } } } } }],
  ['pause', rolloutPause, false, 'paused', { spec: { paused: true } }],
  ['resume', rolloutResume, true, 'resumed', { spec: { paused: null } }],
] as const)('%s', async (_, verb, paused, word, patch) => {
  const { out, sent } = await runVerb(verb, rolloutChangeFlags, 'deployment/web', { routes: routes(paused) });
  expect(out).toBe(`deployment.apps/web ${word}\n`);
  expect(sent.at(-1)!.body).toEqual(patch);
});

test.each([
  ['restart', rolloutRestart, true, 'can\'t restart paused deployment (run rollout resume first)'],
  ['pause', rolloutPause, true, 'is already paused'],
  ['resume', rolloutResume, false, 'is not paused'],
] as const)('%s has nothing to do', async (_, verb, paused, why) => {
  const { err } = await runVerb(verb, rolloutChangeFlags, 'deployment/web', { routes: routes(paused) });
  expect(err).toBe(`error: deployments.apps "web" ${why}\n`);
});
