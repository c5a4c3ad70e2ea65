import type { Unstructured } from '../../../../src/api/meta';
import type { Kind } from '../../../../src/kinds/kind';
import { namespace } from '../../../../src/kinds/core/namespace/kind';
import { failure, testRegistry } from '../support/registry';
import { widget, widgetKind } from '../support/widget';

const kind = widgetKind();
const setup = async (chosen = kind) => {
  const world = await testRegistry([chosen]);
  const { object } = await world.verbs.createEntry(world.registry, chosen, 'default', widget('a', { spec: { size: 1 } }), world.context);
  const put = async (next: Unstructured) => (await world.verbs.putEntry(world.registry, chosen, 'default', 'a', next, world.context)).entry.object;
  return { ...world, object, put };
};

test('replaces the spec, counts the generation, keeps status and what the server owns', async () => {
  const { object, put } = await setup();
  const next = await put({ ...object, metadata: { ...object.metadata, creationTimestamp: 'x', labels: { a: 'b' } }, spec: { size: 2 }, status: { phase: 'Hacked' } });
  expect(next).toMatchObject({
    metadata: { generation: 2, labels: { a: 'b' }, uid: object.metadata.uid, creationTimestamp: object.metadata.creationTimestamp },
    spec: { size: 2, color: 'red' }, status: { phase: 'New' },
  });
});

test('an update that changes nothing writes nothing', async () => {
  const { object, put, store } = await setup();
  const before = store.revision;
  expect(await put(object)).toBe(object);
  expect(store.revision).toBe(before);
});

test('metadata alone does not count as a generation', async () => {
  const { object, put } = await setup();
  expect((await put({ ...object, metadata: { ...object.metadata, labels: { x: 'y' } } })).metadata.generation).toBe(1);
});

test('refuses stale versions, other objects, and a missing version where it is needed', async () => {
  const { object, put } = await setup();
  await put({ ...object, spec: { size: 2 } });
  expect(await failure(() => put({ ...object, spec: { size: 3 } })))
    .toBe('409 Conflict: Operation cannot be fulfilled on widgets.test.example "a": the object has been modified; please apply your changes to the latest version and try again');
  expect(await failure(() => put({ ...widget('a'), metadata: { name: 'a', uid: 'other' } })))
    .toBe(`409 Conflict: Operation cannot be fulfilled on widgets.test.example "a": Precondition failed: UID in precondition: other, UID in object meta: ${object.metadata.uid}`);
  expect(await failure(() => put(widget('b')))).toBe('400 BadRequest: the name of the object (b) does not match the name on the URL (a)');
  const strict = await setup(widgetKind({ allowUnconditionalUpdate: false }));
  expect(await failure(() => strict.put(widget('a', { spec: { size: 2 } }))))
    .toBe('422 Invalid: Widget.test.example "a" is invalid: metadata.resourceVersion: Invalid value: 0x0: must be specified for an update');
});

test('without a version it overwrites, whatever happens meanwhile', async () => {
  const { put, registry, verbs } = await setup();
  await Promise.all([2, 3, 4].map((size) => put(widget('a', { spec: { size } }))));
  expect(verbs.getEntry(registry, kind, 'default', 'a').object.metadata.generation).toBe(4);
});

test('makes the object where the kind allows it', async () => {
  const open = widgetKind({ allowCreateOnUpdate: true });
  const { registry, verbs, context } = await testRegistry([open]);
  expect(await verbs.putEntry(registry, open, 'default', 'n', widget('n'), context)).toMatchObject({ created: true });
  expect(await failure(async () => {
    const closed = await testRegistry([kind]);
    await closed.verbs.putEntry(closed.registry, kind, 'default', 'n', widget('n'), closed.context);
  })).toBe('404 NotFound: widgets.test.example "n" not found');
});

test('the status subresource changes status and nothing of the spec', async () => {
  const { registry, verbs, context, object } = await setup();
  const status = verbs.subresourceHandlers.status!;
  const target = { registry, kind, namespace: 'default', name: 'a' };
  const { object: next } = await status.update!(target, { ...object, spec: { size: 99 }, status: { phase: 'Ready' } }, context);
  expect(next).toMatchObject({ spec: { size: 1 }, status: { phase: 'Ready' }, metadata: { generation: 1 } });
  const { object: patched } = await status.patch!(target, { type: 'merge', patch: { status: { phase: 'Done' }, spec: { size: 5 } } }, context);
  expect(patched).toMatchObject({ spec: { size: 1 }, status: { phase: 'Done' } });
});

test('the scale subresource reads and writes replicas', async () => {
  const { registry, verbs, context, put, object } = await setup();
  await put({ ...object, spec: { replicas: 2, selector: { matchLabels: { app: 'x' } } } });
  const scale = verbs.subresourceHandlers.scale!;
  const target = { registry, kind, namespace: 'default', name: 'a' };
  expect((await scale.get!(target)).object).toMatchObject({ kind: 'Scale', apiVersion: 'autoscaling/v1', spec: { replicas: 2 }, status: { replicas: 0, selector: 'app=x' } });
  const { object: next } = await scale.patch!(target, { type: 'merge', patch: { spec: { replicas: 5 } } }, context);
  expect(next.spec).toEqual({ replicas: 5 });
  expect(await failure(() => scale.update!(target, { metadata: { name: 'a' }, spec: { replicas: -1 } }, context)))
    .toBe('422 Invalid: Scale.autoscaling "a" is invalid: spec.replicas: Invalid value: -1: must be greater than or equal to 0');
});

test('patches of every kind, retried when others write meanwhile', async () => {
  const { registry, verbs, context } = await setup();
  const patch = async (type: 'json' | 'merge' | 'apply', body: unknown) =>
    (await verbs.patchEntry(registry, kind, 'default', 'a', { type, patch: body, force: true }, { part: 'main' }, context)).entry.object;
  expect((await patch('merge', { spec: { size: 2 } })).spec).toEqual({ size: 2, color: 'red' });
  expect((await patch('json', [{ op: 'replace', path: '/spec/size', value: 3 }])).spec).toEqual({ size: 3, color: 'red' });
  expect((await patch('apply', { apiVersion: 'test.example/v1', kind: 'Widget', metadata: { name: 'a' }, spec: { size: 4 } })).spec).toEqual({ size: 4, color: 'red' });
  await Promise.all(Array.from({ length: 10 }, (_, n) => patch('merge', { metadata: { labels: { [`l${n}`]: 'x' } } })));
  expect(Object.keys(verbs.getEntry(registry, kind, 'default', 'a').object.metadata.labels!)).toHaveLength(10);
  expect(await failure(() => patch('merge', { metadata: { resourceVersion: '1' } }))).toMatch(/^409 Conflict/);
  expect(await failure(() => patch('merge', { kind: 'Gadget' }))).toBe('400 BadRequest: the kind in the data (Gadget) does not match the expected kind (Widget)');
  const created = await verbs.patchEntry(registry, kind, 'default', 'new', { type: 'apply', patch: { apiVersion: 'test.example/v1', kind: 'Widget', metadata: { name: 'new' } } }, { part: 'main' }, context);
  expect(created).toMatchObject({ created: true });
});

test('finalize takes only names of finalizers, and says which is none', async () => {
  const { registry, verbs, context } = await testRegistry();
  const finalize = (finalizers: string[]) => verbs.patchEntry(registry, namespace as Kind, undefined, 'default', { type: 'merge', patch: { spec: { finalizers } } }, { part: 'finalize' }, context);
  expect(await failure(() => finalize(['kubernetes', 'mine'])))
    .toBe('422 Invalid: Namespace "default" is invalid: spec.finalizers[1]: Invalid value: "mine": name is neither a standard finalizer name nor is it fully qualified');
  expect((await finalize(['a.example/b'])).entry.object['spec']).toEqual({ finalizers: ['a.example/b'] });
});
