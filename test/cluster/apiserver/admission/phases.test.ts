import type { AdmissionPlugin, Registry } from '../../../../src/cluster/apiserver/registry/registry';
import { subresourceHandlers } from '../../../../src/cluster/apiserver/registry';
import { testRegistry } from '../support/registry';
import { widget, widgetKind } from '../support/widget';

/** Tells what each half of the chain is shown. */
async function watched(plugin: Partial<AdmissionPlugin> = {}) {
  const kind = widgetKind();
  const world = await testRegistry([kind]);
  const seen: string[] = [];
  const note = (half: string): AdmissionPlugin['validate'] => ({ operation, subresource = '', type, name, object }) => {
    const { spec = {}, status } = (object ?? {}) as { spec?: object; status?: { phase: string } };
    seen.push([half, operation, subresource, type?.kind ?? '', name, JSON.stringify(spec), status?.phase ?? '-', object?.metadata.uid ? 'uid' : ''].join(' '));
  };
  const registry: Registry = { ...world.registry, admission: [{ name: 'Note', admit: note('admit')!, validate: note('validate')! }, { name: 'Test', ...plugin }] };
  return { ...world, registry, kind, seen };
}

test('mutation comes before the strategy prepares an object, validation after it is valid', async () => {
  const { registry, kind, seen, verbs, context } = await watched();
  await verbs.createEntry(registry, kind, 'default', widget('a'), context);
  expect(seen.splice(0)).toEqual(['admit CREATE   a {"color":"red"} - ', 'validate CREATE   a {"color":"red"} New uid']);
  await verbs.putEntry(registry, kind, 'default', 'a', widget('a', { spec: { color: 'blue' } }), context);
  expect(seen.splice(0)).toEqual(['admit UPDATE   a {"color":"blue"} - ', 'validate UPDATE   a {"color":"blue"} New uid']);
  await expect(verbs.createEntry(registry, kind, 'default', widget('b', { spec: { size: 13 } }), context)).rejects.toThrow('unlucky');
  expect(seen.splice(0)).toEqual(['admit CREATE   b {"size":13,"color":"red"} - ']);
  await verbs.deleteEntry(registry, kind, 'default', 'a', {}, context);
  expect(seen.splice(0)).toEqual(['admit DELETE   a {} - ', 'validate DELETE   a {} - ']);
});

test('a name is generated after mutation', async () => {
  const { registry, kind, seen, verbs, context } = await watched();
  const { object } = await verbs.createEntry(registry, kind, 'default', widget('', { metadata: { generateName: 'w-' } }), context);
  expect(object.metadata.name).toMatch(/^w-.{5}$/);
  expect(seen).toEqual(['admit CREATE    {"color":"red"} - ', `validate CREATE   ${object.metadata.name} {"color":"red"} New uid`]);
});

test('of the scale subresource admission sees the Scale, and once', async () => {
  const { registry, kind, seen, verbs, context } = await watched();
  await verbs.createEntry(registry, kind, 'default', widget('a', { spec: { replicas: 1 } }), context);
  seen.length = 0;
  const target = { registry, kind, namespace: 'default', name: 'a' };
  await subresourceHandlers.scale!.patch!(target, { type: 'merge', patch: { spec: { replicas: 3 } } }, context);
  expect(seen).toEqual(['admit UPDATE scale Scale a {"replicas":3} - uid', 'validate UPDATE scale Scale a {"replicas":3} - uid']);
});

test('the mutating half runs a second time when a plugin asks for it, and not a third', async () => {
  const rounds: boolean[] = [];
  const { registry, kind, seen, verbs, context } = await watched({
    admit(_request, _registry, { isReinvoke, require }) {
      rounds.push(isReinvoke);
      require();
    },
  });
  await verbs.createEntry(registry, kind, 'default', widget('a'), context);
  expect(rounds).toEqual([false, true]);
  expect(seen.map((line) => line.split(' ')[0])).toEqual(['admit', 'admit', 'validate']);
});
