import { failure, testRegistry } from '../support/registry';
import { widget, widgetKind } from '../support/widget';

const kind = widgetKind();

test('fills in what the server owns, defaults, and answers with what is stored', async () => {
  const { registry, context, verbs, store } = await testRegistry([kind]);
  const given = { ...widget('a'), metadata: { name: 'a', uid: 'mine', resourceVersion: '0', generation: 9, deletionTimestamp: 'x' } };
  const entry = await verbs.createEntry(registry, kind, 'default', given, context);
  const uid = entry.object.metadata.uid;
  expect(uid).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
  expect(JSON.parse(entry.bytes.toString())).toEqual({
    kind: 'Widget', apiVersion: 'test.example/v1',
    metadata: { name: 'a', namespace: 'default', uid, resourceVersion: '3', generation: 1, creationTimestamp: '2026-01-31T12:00:00Z', managedFields: expect.any(Array) },
    spec: { color: 'red' }, status: { phase: 'New' },
  });
  expect(entry.bytes.toString()).toMatch(/^\{"kind":"Widget","apiVersion":"test.example\/v1","metadata":\{"name"/);
  expect(store.get('test.example/widgets/default/a')).toBe(entry);
});

test('makes names from generateName, others when they are taken', async () => {
  const { registry, context, verbs } = await testRegistry([kind]);
  const names = new Set<string>();
  for (let n = 0; n < 20; n++) {
    const { object } = await verbs.createEntry(registry, kind, 'default', { metadata: { name: '', generateName: 'w-' } }, context);
    names.add(object.metadata.name);
  }
  expect(names.size).toBe(20);
  for (const name of names) expect(name).toMatch(/^w-[bcdfghjklmnpqrstvwxz2456789]{5}$/);
  const stuck = { ...registry, random: () => 0 };
  await verbs.createEntry(stuck, kind, 'default', { metadata: { name: '', generateName: 'x-' } }, context);
  expect(await failure(() => verbs.createEntry(stuck, kind, 'default', { metadata: { name: '', generateName: 'x-' } }, context)))
    .toBe('409 AlreadyExists: widgets.test.example "x-bbbbb" already exists, the server was not able to generate a unique name for the object');
});

test.each([
  ['a name that exists', widget('taken'), '409 AlreadyExists: widgets.test.example "taken" already exists'],
  ['a version', { metadata: { name: 'a', resourceVersion: '7' } }, '500 Unknown: resourceVersion should not be set on objects to be created'],
  ['no name', widget(''), '422 Invalid: Widget.test.example "" is invalid: metadata.name: Required value: name or generateName is required'],
  ['another namespace than the request', { metadata: { name: 'a', namespace: 'other' } }, '400 BadRequest: the namespace of the provided object does not match the namespace sent on the request'],
  ['what the strategy refuses', widget('a', { spec: { size: 13 } }), '422 Invalid: Widget.test.example "a" is invalid: spec.size: Invalid value: 13: unlucky'],
  ['a name that is no path segment', widget('a/b'), `422 Invalid: Widget.test.example "a/b" is invalid: metadata.name: Invalid value: "a/b": may not contain '/'`],
])('refuses %s', async (_title, object, expected) => {
  const { registry, context, verbs, store } = await testRegistry([kind]);
  await verbs.createEntry(registry, kind, 'default', widget('taken'), context);
  const before = store.revision;
  expect(await failure(() => verbs.createEntry(registry, kind, 'default', structuredClone(object), context))).toBe(expected);
  expect(store.revision).toBe(before);
});

test('needs a namespace that is there and stays', async () => {
  const { registry, client, context, verbs } = await testRegistry([kind]);
  expect(await failure(() => verbs.createEntry(registry, kind, 'gone', { metadata: { name: 'a' } }, context))).toBe('404 NotFound: namespaces "gone" not found');
  const namespaces = { group: '', version: 'v1', plural: 'namespaces', namespaced: false };
  await client.create(namespaces, { metadata: { name: 'going' } });
  await client.delete(namespaces, 'going');
  expect(await failure(() => verbs.createEntry(registry, kind, 'going', { metadata: { name: 'a' } }, context)))
    .toBe('403 Forbidden: widgets.test.example "a" is forbidden: unable to create new content in namespace going because it is being terminated');
});

test('a dry run answers as if, and writes nothing', async () => {
  const { registry, context, verbs, store } = await testRegistry([kind]);
  const before = store.revision;
  const { object } = await verbs.createEntry(registry, kind, 'default', widget('a'), { ...context, dryRun: true });
  expect([object.metadata.resourceVersion, object.spec]).toEqual([undefined, { color: 'red' }]);
  expect(store.revision).toBe(before);
});

test('what is being deleted still has its name', async () => {
  const { registry, context, verbs } = await testRegistry([kind]);
  await verbs.createEntry(registry, kind, 'default', { metadata: { name: 'a', finalizers: ['a.example/b'] } }, context);
  await verbs.deleteEntry(registry, kind, 'default', 'a', {}, context);
  const again = (dryRun: boolean) => failure(() => verbs.createEntry(registry, kind, 'default', widget('a'), { ...context, dryRun }));
  expect(await again(false)).toBe('409 AlreadyExists: object is being deleted: widgets.test.example "a" already exists');
  expect(await again(true)).toBe(await again(false));
});

test('owners that are named twice are named once, with a warning', async () => {
  const { registry, context, verbs, warnings } = await testRegistry([kind]);
  const owner = { apiVersion: 'v1', kind: 'Pod', name: 'p', uid: 'u' };
  const { object } = await verbs.createEntry(registry, kind, 'default', { metadata: { name: 'a', ownerReferences: [owner, { ...owner }, { ...owner, name: 'q' }] } }, context);
  expect(object.metadata.ownerReferences).toEqual([owner, { ...owner, name: 'q' }]);
  const sentence = '.metadata.ownerReferences contains duplicate entries; API server dedups owner references in 1.20+, and may reject such requests as early as 1.24; please fix your requests; duplicate UID(s) observed: u';
  expect(warnings.splice(0)).toEqual([sentence]);
  const { metadata } = object;
  await verbs.putEntry(registry, kind, 'default', 'a', { ...object, metadata: { ...metadata, ownerReferences: [owner, owner] } }, context);
  expect(warnings.splice(0)).toEqual([sentence]);
  const patch = { metadata: { ownerReferences: [owner, owner] } };
  await verbs.patchEntry(registry, kind, 'default', 'a', { type: 'merge', patch }, { part: 'main' }, context);
  expect(warnings).toEqual([sentence.replace('entries;', 'entries after mutating admission happens;')]);
});
