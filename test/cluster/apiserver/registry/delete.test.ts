import type { DeleteOptions, ObjectMeta, Unstructured } from '../../../../src/api/meta';
import { decideDeletion } from '../../../../src/cluster/apiserver/registry/graceful';
import { failure, testRegistry } from '../support/registry';
import { widget, widgetKind } from '../support/widget';

const plain = widgetKind();
const graceful = widgetKind({ gracePeriodSeconds: (_object, requested) => requested ?? 30 });
const nowMs = Date.parse('2026-01-31T12:00:00Z');
const object = (metadata: Partial<ObjectMeta> = {}): Unstructured => ({ metadata: { name: 'a', uid: 'u', resourceVersion: '5', generation: 1, ...metadata } });
const decide = (kind: typeof plain, metadata: Partial<ObjectMeta>, options: DeleteOptions = {}) => {
  const { action, object: next } = decideDeletion(kind, object(metadata), options, nowMs);
  const { deletionTimestamp, deletionGracePeriodSeconds, finalizers, generation } = next.metadata;
  return [action, deletionTimestamp?.slice(11, 19), deletionGracePeriodSeconds, finalizers?.join() ?? '', generation];
};
const dying = { deletionTimestamp: '2026-01-31T12:00:20Z', deletionGracePeriodSeconds: 30, generation: 2 };

test.each<[string, typeof plain, Partial<ObjectMeta>, DeleteOptions, unknown[]]>([
  ['nothing holds it: out', plain, {}, {}, ['remove', undefined, undefined, '', 1]],
  ['a finalizer: marked', plain, { finalizers: ['x/y'] }, {}, ['mark', '12:00:00', 0, 'x/y', 2]],
  ['marked already: the same again', plain, { finalizers: ['x/y'], deletionTimestamp: '2026-01-31T11:00:00Z', deletionGracePeriodSeconds: 0 }, {}, ['mark', '11:00:00', 0, 'x/y', 1]],
  ['foreground', plain, {}, { propagationPolicy: 'Foreground' }, ['mark', '12:00:00', 0, 'foregroundDeletion', 2]],
  ['orphan', plain, {}, { propagationPolicy: 'Orphan' }, ['mark', '12:00:00', 0, 'orphan', 2]],
  ['orphan in the old way', plain, {}, { orphanDependents: true }, ['mark', '12:00:00', 0, 'orphan', 2]],
  ['background takes the policy back', plain, { finalizers: ['foregroundDeletion', 'x/y'] }, { propagationPolicy: 'Background' }, ['mark', '12:00:00', 0, 'x/y', 2]],
  ['grace', graceful, {}, {}, ['mark', '12:00:30', 30, '', 2]],
  ['grace asked for', graceful, {}, { gracePeriodSeconds: 5 }, ['mark', '12:00:05', 5, '', 2]],
  ['less than no grace', graceful, {}, { gracePeriodSeconds: -5 }, ['mark', '12:00:01', 1, '', 2]],
  ['no grace', graceful, {}, { gracePeriodSeconds: 0 }, ['remove', '12:00:00', 0, '', 2]],
  ['no grace but a finalizer', graceful, { finalizers: ['x/y'] }, { gracePeriodSeconds: 0 }, ['mark', '12:00:00', 0, 'x/y', 2]],
  ['dying already', graceful, dying, {}, ['wait', '12:00:20', 30, '', 2]],
  ['dying, and no sooner', graceful, dying, { gracePeriodSeconds: 40 }, ['wait', '12:00:20', 30, '', 2]],
  ['dying, sooner', graceful, dying, { gracePeriodSeconds: 10 }, ['mark', '12:00:00', 10, '', 2]],
  ['dying, now', graceful, dying, { gracePeriodSeconds: 0 }, ['remove', '11:59:50', 0, '', 2]],
])('%s', (_title, kind, metadata, options, expected) => {
  expect(decide(kind, metadata, options)).toEqual(expected);
});

test('a default policy of the kind', () => {
  expect(decide(widgetKind({ defaultPropagation: 'Orphan' }), {})).toEqual(['mark', '12:00:00', 0, 'orphan', 2]);
});

test('preconditions name what does not fit', async () => {
  expect(await failure(() => decide(plain, {}, { preconditions: { uid: 'other' } })))
    .toBe('409 Conflict: Operation cannot be fulfilled on widgets.test.example "a": the UID in the precondition (other) does not match the UID in record (u). The object might have been deleted and then recreated');
  expect(await failure(() => decide(plain, {}, { preconditions: { resourceVersion: '4' } })))
    .toBe('409 Conflict: Operation cannot be fulfilled on widgets.test.example "a": the ResourceVersion in the precondition (4) does not match the ResourceVersion in record (5). The object might have been modified');
});

test('the last finalizer taken away takes the object with it', async () => {
  const { registry, verbs, context, store } = await testRegistry([plain]);
  const seen: string[] = [];
  verbs.watchEntries(registry, plain, { resourceVersion: String(store.revision) }, { events: (events) => events.forEach(({ type, entry }) => seen.push(`${type} ${entry.object.metadata.resourceVersion}`)) });
  await verbs.createEntry(registry, plain, 'default', { metadata: { name: 'a', finalizers: ['x/y'] } }, context);
  expect(await verbs.deleteEntry(registry, plain, 'default', 'a', {}, context)).toMatchObject({ removed: false });
  expect(await failure(() => verbs.patchEntry(registry, plain, 'default', 'a', { type: 'merge', patch: { metadata: { finalizers: ['x/y', 'x/z'] } } }, { part: 'main' }, context)))
    .toMatch(/no new finalizers can be added if the object is being deleted, found new finalizers \[\]string\{"x\/z"\}/);
  await verbs.patchEntry(registry, plain, 'default', 'a', { type: 'merge', patch: { metadata: { finalizers: null } } }, { part: 'main' }, context);
  expect(store.get('test.example/widgets/default/a')).toBeUndefined();
  expect(seen).toEqual(['ADDED 3', 'MODIFIED 4', 'DELETED 5']);
});

test('a namespace stays until it is finalized, and the system ones for ever', async () => {
  const { client, store } = await testRegistry();
  const namespaces = { group: '', version: 'v1', plural: 'namespaces', namespaced: false };
  await client.create(namespaces, { metadata: { name: 'x' } });
  await client.delete(namespaces, 'x');
  const going = await client.get<Unstructured>(namespaces, 'x');
  expect(going).toMatchObject({ status: { phase: 'Terminating' }, spec: { finalizers: ['kubernetes'] } });
  await client.update(namespaces, { ...going, spec: { finalizers: [] } } as Unstructured, { subresource: 'finalize' });
  expect(store.get('/namespaces/x')).toBeUndefined();
  expect(await failure(() => client.delete(namespaces, 'default'))).toBe('403 Forbidden: namespaces "default" is forbidden: this namespace may not be deleted');
});

test('options that contradict themselves are refused', async () => {
  const { registry, verbs, context } = await testRegistry([plain]);
  await verbs.createEntry(registry, plain, 'default', widget('a'), context);
  expect(await failure(() => verbs.deleteEntry(registry, plain, 'default', 'a', { orphanDependents: true, propagationPolicy: 'Orphan' }, context)))
    .toMatch(/orphanDependents and deletionPropagation cannot be both set/);
});

test('a collection goes by selector, a dry run by none', async () => {
  const { registry, verbs, context } = await testRegistry([plain]);
  // Of a collection that is empty, too.
  expect(await failure(() => verbs.deleteCollection(registry, plain, { namespace: 'default' }, { propagationPolicy: 'Sideways' as 'Orphan' }, context)))
    .toBe('422 Invalid: DeleteOptions.meta.k8s.io "" is invalid: propagationPolicy: Unsupported value: "Sideways": supported values: "Foreground", "Background", "Orphan", "nil"');
  for (const name of ['a', 'b', 'c']) await verbs.createEntry(registry, plain, 'default', widget(name, { spec: { color: name === 'b' ? 'blue' : 'red' } }), context);
  await verbs.deleteCollection(registry, plain, { namespace: 'default' }, {}, { ...context, dryRun: true });
  const { entries } = await verbs.deleteCollection(registry, plain, { namespace: 'default', fieldSelector: 'spec.color=red' }, {}, context);
  expect(entries).toHaveLength(2);
  expect(verbs.listEntries(registry, plain, {}).entries.map(({ object: { metadata } }) => metadata.name)).toEqual(['b']);
});
