import type { Pod } from '../../../../src/api/generated/core.v1';
import { pods, serviceAccounts } from '../../../../src/kinds/resources';
import { failure, testRegistry } from '../support/registry';

async function world(spec: object = {}) {
  const { client } = await testRegistry();
  await client.create(serviceAccounts, { metadata: { name: 'default', namespace: 'default' } });
  const { metadata } = await client.create(pods, { metadata: { name: 'p', namespace: 'default' }, spec: { containers: [{ name: 'c', image: 'x' }], ...spec } } as Pod);
  const bind = (more: object = {}, target: object = { kind: 'Node', name: 'n' }, options: object = {}) =>
    client.create(pods, { metadata: { name: 'p', namespace: 'default', ...more }, target } as never, { subresource: 'binding', name: 'p', ...options });
  return { client, bind, metadata };
}

const conflict = '409 Conflict: Operation cannot be fulfilled on pods/binding "p"';

test.each<[string, object, object, string]>([
  ['another name', { name: 'q' }, { name: 'n' }, '400 BadRequest: name in URL does not match name in Binding object'],
  ['no target', {}, {}, '500 Unknown: target.name: Required value'],
  ['no node', {}, { kind: 'Pod', name: 'n' }, '500 Unknown: target.kind: Unsupported value: "Pod": supported values: "<empty>", "Node"'],
  ['another uid', { uid: 'other' }, { name: 'n' }, 'Precondition failed: UID in precondition: other'],
  ['an older version', { resourceVersion: '1' }, { name: 'n' }, 'Precondition failed: ResourceVersion in precondition: 1'],
])('refuses %s', async (_, more, target, expected) => {
  const { bind } = await world();
  expect(await failure(() => bind(more, target))).toContain(expected);
});

test('binds once, with annotations', async () => {
  const { client, bind, metadata: { uid } } = await world();
  await bind({ uid, annotations: { a: 'b' } }, { name: 'n' }, { dryRun: true });
  expect((await client.get<Pod>(pods, 'p', 'default')).spec.nodeName).toBeUndefined();
  await bind({ uid, annotations: { a: 'b' } });
  expect(await client.get<Pod>(pods, 'p', 'default')).toMatchObject({ metadata: { annotations: { a: 'b' } }, spec: { nodeName: 'n' } });
  expect(await failure(() => bind())).toBe(`${conflict}: pod p is already assigned to node "n"`);
});

test('a pod that waits for its gates is not bound', async () => {
  const { bind } = await world({ schedulingGates: [{ name: 'a.example/b' }] });
  expect(await failure(() => bind())).toBe(`${conflict}: pod p has non-empty .spec.schedulingGates`);
});
