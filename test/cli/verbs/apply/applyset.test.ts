import { createHash } from 'node:crypto';
import type { Unstructured } from '../../../../src/api/meta';
import { apply } from '../../../../src/cli/verbs/apply/apply';
import { applyFlags } from '../../../../src/cli/verbs/apply/flags';
import { applySetId, parentPatch, parseParent, readParent, type Parent } from '../../../../src/cli/verbs/apply/applyset/parent';
import { contentsOf, union } from '../../../../src/cli/verbs/apply/applyset/members';
import type { Info } from '../../../../src/cli/builder';
import { resource, snapshot } from '../../snapshot';
import { testSession } from '../../session';
import { runVerb } from '../run-verb';

const secrets = resource('', 'v1', 'secrets', 'Secret');
const [configMaps, deployments] = [snapshot.resources.find(({ kind }) => kind === 'ConfigMap')!, snapshot.resources.find(({ kind }) => kind === 'Deployment')!];
const withSecrets = { ...snapshot, resources: [...snapshot.resources, secrets] };
const parent: Parent = { resource: secrets, name: 'set', namespace: 'ns' };
const id = `applyset-${createHash('sha256').update('set.ns.Secret.').digest('base64url')}-v1`;
const discovery = () => testSession({ snapshot: withSecrets }).discovery();
const explicit = { name: 'ns', explicit: true };

test('a parent is a Secret unless it says what it is; the namespace has to be given', async () => {
  expect(await parseParent(await discovery(), 'set', explicit)).toEqual(parent);
  expect(await parseParent(await discovery(), 'cm/x', { name: 'ns', explicit: false })).toMatchObject({ resource: { kind: 'ConfigMap' }, name: 'x', namespace: '' });
  await expect(parseParent(await discovery(), 'cm/', explicit)).rejects.toThrow('invalid parent reference "cm/": name cannot be blank');
  await expect(parseParent(await discovery(), 'odd.x/y', explicit)).rejects.toThrow('invalid parent reference "odd.x/y": no matches for x/, Resource=odd');
});

const infos = [configMaps, deployments, configMaps].map((of, index) => ({ resource: of, namespace: `n${index}`, name: 'x' }) as unknown as Info);

test('what is noted of the members', () => {
  expect(applySetId(parent)).toBe(id);
  const contents = union(contentsOf(infos), { resources: [configMaps], namespaces: new Set(['ns']) });
  expect(parentPatch(parent, contents)).toMatchObject({
    kind: 'Secret', apiVersion: 'v1',
    metadata: {
      name: 'set', namespace: 'ns', labels: { 'applyset.kubernetes.io/id': id },
      annotations: { 'applyset.kubernetes.io/additional-namespaces': 'n0,n1,n2', 'applyset.kubernetes.io/contains-group-kinds': 'ConfigMap,Deployment.apps' },
    },
  });
});

const tooling = 'applyset.kubernetes.io/tooling';
const kinds = 'applyset.kubernetes.io/contains-group-kinds';
const stored = (annotations: object, labels: object = { 'applyset.kubernetes.io/id': id }) => ({ metadata: { name: 'set', labels, annotations } }) as unknown as Unstructured;

test.each<[string, Unstructured, string]>([
  ['of nobody', stored({}), `already exists and is missing required annotation "${tooling}"`],
  ['of another tool', stored({ [tooling]: 'helm/v3' }), 'already exists and is managed by tooling "helm" instead of "kubectl"'],
  ['of no set', stored({ [tooling]: 'kubectl/v1' }, {}), 'exists and does not have required label applyset.kubernetes.io/id'],
  ['of another set', stored({ [tooling]: 'kubectl/v1' }, { 'applyset.kubernetes.io/id': 'x' }), `exists and has incorrect value for label "applyset.kubernetes.io/id" (got: x, want: ${id})`],
  ['that does not say what it holds', stored({ [tooling]: 'kubectl/v1' }), `kubectl requires the "${kinds}" annotation to be set on all ApplySet parent objects`],
])('a parent %s is refused', async (_, object, message) => {
  await expect(readParent(await discovery(), parent, object)).rejects.toThrow(message);
});

test('kinds and namespaces are read back', async () => {
  const annotations = { [tooling]: 'kubectl/v1', [kinds]: 'ConfigMap,Deployment.apps', 'applyset.kubernetes.io/additional-namespaces': 'a,b' };
  expect(await readParent(await discovery(), parent, stored(annotations))).toEqual({ resources: [configMaps, deployments], namespaces: new Set(['a', 'b', 'ns']) });
});

const manifest = '{"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"kept"}}';
const member = (name: string, uid: string) => ({ metadata: { name, namespace: 'ns', uid } });

test('members that are not applied any more go, and the record follows', async () => {
  const path = '/api/v1/namespaces/ns';
  const { out, err, requests, sent } = await runVerb(apply, applyFlags, '-f - --prune --applyset=set', {
    namespace: 'ns', stdin: manifest, snapshot: withSecrets, env: { KUBECTL_APPLYSET: 'true' },
    routes: {
      [`GET ${path}/secrets/set`]: stored({ [tooling]: 'kubectl/v1', [kinds]: 'ConfigMap' }),
      [`PATCH ${path}/secrets/set`]: {},
      [`POST ${path}/configmaps`]: { kind: 'ConfigMap', apiVersion: 'v1', ...member('kept', '1') },
      [`GET ${path}/configmaps?labelSelector=applyset.kubernetes.io/part-of=${id}`]: { items: [member('kept', '1'), member('gone', '2')] },
      [`DELETE ${path}/configmaps/gone`]: {},
    },
  });
  expect(err).toBe('');
  expect(out).toBe('configmap/kept created\nconfigmap/gone pruned\n');
  expect(requests.map((request) => request.replace(/\?.*/, ''))).toEqual([
    `GET ${path}/secrets/set`, `PATCH ${path}/secrets/set`, `GET ${path}/configmaps/kept`, `POST ${path}/configmaps`,
    `GET ${path}/configmaps`, `DELETE ${path}/configmaps/gone`, `PATCH ${path}/secrets/set`,
  ]);
  expect(JSON.stringify(sent[3]!.body)).toContain(`"applyset.kubernetes.io/part-of":"${id}"`);
});

test.each([
  ['--applyset=set', {}, 'error: unknown flag: --applyset\nSee \'kubectl apply --help\' for usage.\n'],
  ['--applyset=set', { KUBECTL_APPLYSET: 'true' }, 'error: --applyset requires --prune\n'],
  ['--applyset=set --prune -l a=b', { KUBECTL_APPLYSET: 'true' }, 'error: --selector is incompatible with --applyset\n'],
  ['--prune', {}, 'error: all resources selected for prune without explicitly passing --all. To prune all resources, pass the --all flag. If you did not mean to prune all resources, specify a label selector\n'],
  ['--prune --all --force', {}, 'error: --force cannot be used with --prune\n'],
])('%s is refused', async (line, env, message) => {
  expect(await runVerb(apply, applyFlags, `-f - ${line}`, { env, stdin: manifest, namespace: 'ns', snapshot: withSecrets })).toMatchObject({ out: '', err: message, code: 1 });
});
