import type { AdmissionPlugin, AdmissionRequest, Registry } from '../../../../src/cluster/apiserver/registry/registry';
import { subresourceHandlers } from '../../../../src/cluster/apiserver/registry';
import { forbidden } from '../../../../src/api/errors';
import { failure, testRegistry } from '../support/registry';
import { widget, widgetKind } from '../support/widget';

/** Tells what each half of the chain is shown. */
async function watched(plugin: Partial<AdmissionPlugin> = {}) {
  const kind = widgetKind();
  const world = await testRegistry([kind]);
  const seen: string[] = [];
  const note = (half: string) => ({ operation, subresource = '', type, name, object }: AdmissionRequest): void => {
    const { spec = {}, status } = (object ?? {}) as { spec?: object; status?: { phase: string } };
    seen.push([half, operation, subresource, type?.kind ?? '', name, JSON.stringify(spec), status?.phase ?? '-', object?.metadata.uid ? 'uid' : ''].join(' '));
  };
  const registry: Registry = { ...world.registry, admission: [{ name: 'Note', admit: note('admit'), validate: note('validate') }, { name: 'Test', ...plugin }] };
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

/** A plugin that takes something for every request and is told how each went. */
async function settling() {
  const outcomes: string[] = [];
  const validate: AdmissionPlugin['validate'] = ({ operation, name }) => (written) => void outcomes.push(`${operation} ${name} ${written}`);
  const world = await watched({ validate });
  const refuser: AdmissionPlugin = {
    name: 'Refuser',
    validate({ kind, name }) {
      if (name === 'no') throw forbidden(kind, name, 'no');
    },
  };
  return { ...world, outcomes, registry: { ...world.registry, admission: [...world.registry.admission, refuser] } };
}

test('what the validating half took is given back unless the object was written', async () => {
  const { registry, kind, outcomes, verbs, context } = await settling();
  await verbs.createEntry(registry, kind, 'default', widget('a'), context);
  expect(await failure(() => verbs.createEntry(registry, kind, 'default', widget('a'), context))).toMatch(/^409 AlreadyExists/);
  await verbs.createEntry(registry, kind, 'default', widget('b'), { ...context, dryRun: true });
  expect(await failure(() => verbs.createEntry(registry, kind, 'default', widget('no'), context))).toMatch(/is forbidden: no$/);
  expect(await failure(() => verbs.createEntry(registry, kind, 'default', widget('c', { spec: { size: 13 } }), context))).toMatch(/unlucky/);
  expect(outcomes).toEqual(['CREATE a true', 'CREATE a false', 'CREATE b false', 'CREATE no false']);
});

test('a lost race is given back, and the next attempt is asked about anew', async () => {
  const { registry, kind, outcomes, verbs, context } = await settling();
  await verbs.createEntry(registry, kind, 'default', widget('a'), context);
  outcomes.length = 0;
  const sizes = [1, 2].map((size) => verbs.patchEntry(registry, kind, 'default', 'a', { type: 'merge', patch: { spec: { size } } }, { part: 'main' }, context));
  await Promise.all(sizes);
  expect(outcomes.sort()).toEqual(['UPDATE a false', 'UPDATE a true', 'UPDATE a true']);
});
