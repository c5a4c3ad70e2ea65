import type { ManagedFieldsEntry } from '../../../../src/api/generated/meta.v1';
import type { Unstructured } from '../../../../src/api/meta';
import type { Patch, PatchType } from '../../../../src/cluster/apiserver/registry';
import { failure, testRegistry } from '../support/registry';
import { widgetKind } from '../support/widget';

const replicas = { apiVersion: 'apps/v1', kind: 'Deployment', metadata: { name: 'web' } };
const template = (image: string, more: object = {}) => ({ metadata: { labels: { app: 'web' } }, spec: { containers: [{ name: 'c', image, ...more }] } });
const web = (spec: object = {}, metadata: object = {}) =>
  ({ ...replicas, metadata: { name: 'web', namespace: 'default', ...metadata }, spec: { selector: { matchLabels: { app: 'web' } }, template: template('x'), ...spec } }) as unknown as Unstructured;

async function setup() {
  const world = await testRegistry([widgetKind()]);
  const { registry, verbs, context, clock } = world;
  const kind = registry.kinds.find({ group: 'apps', version: 'v1', resource: 'deployments' } as never)!;
  const as = (fieldManager: string) => ({ ...context, fieldManager });
  const target = { registry, kind, namespace: 'default', name: 'web' };
  const patch = async (manager: string, type: PatchType, body: unknown, more: Partial<Patch> = {}) =>
    (await verbs.patchEntry(registry, kind, 'default', 'web', { type, patch: body, ...more }, { part: 'main' }, as(manager))).entry.object;
  return {
    ...world, kind, as, target, patch,
    create: async (manager: string, object: Unstructured) => (await verbs.createEntry(registry, kind, 'default', structuredClone(object), as(manager))).object,
    apply: (manager: string, object: Unstructured, force = false) => patch(manager, 'apply', object, { force }),
    live: () => verbs.getEntry(registry, kind, 'default', 'web').object,
    later: () => clock.advance(60_000),
  };
}

/** `manager Operation[/subresource] minute: fields`, with the fields as compact text. */
const shown = ({ metadata }: Unstructured) => (metadata.managedFields ?? []).map(({ manager, operation, subresource, time, fieldsV1 }: ManagedFieldsEntry) =>
  `${manager} ${operation}${subresource ? `/${subresource}` : ''}${time ? ` ${time.slice(14, 16)}` : ''}: ${JSON.stringify(fieldsV1).replaceAll('\\"', "'").replaceAll('"', '').replaceAll(':{}', '')}`);
const managers = (object: Unstructured) => shown(object).map((text) => text.slice(0, text.indexOf(': ')));
const of = (object: Unstructured, manager: string) => shown(object).find((text) => text.startsWith(manager))?.replace(/^[^:]*: /, '');

test('a create is recorded with its defaults, as upstream does', async () => {
  const { create } = await setup();
  expect(shown(await create('kubectl-create', web({}, { labels: { app: 'web' } })))).toEqual([
    'kubectl-create Update 00: {f:metadata:{f:labels:{.,f:app}},f:spec:{f:progressDeadlineSeconds,f:replicas,f:revisionHistoryLimit,f:selector,'
    + 'f:strategy:{f:rollingUpdate:{.,f:maxSurge,f:maxUnavailable},f:type},f:template:{f:metadata:{f:labels:{.,f:app}},'
    + "f:spec:{f:containers:{k:{'name':'c'}:{.,f:image,f:imagePullPolicy,f:name,f:resources,f:terminationMessagePath,f:terminationMessagePolicy}},"
    + 'f:dnsPolicy,f:restartPolicy,f:schedulerName,f:securityContext,f:terminationGracePeriodSeconds}}}}',
  ]);
});

test('who writes takes over what changes; status has managers of its own', async () => {
  const { create, patch, verbs, target, as, later } = await setup();
  await create('one', web());
  later();
  const second = await patch('two', 'merge', { spec: { replicas: 3 }, status: { replicas: 9 } });
  expect(managers(second)).toEqual(['one Update 00', 'two Update 01']);
  expect(of(second, 'two')).toBe('{f:spec:{f:replicas}}');
  expect(of(second, 'one')).not.toContain('f:replicas');
  later();
  const status = verbs.subresourceHandlers.status!;
  const { object } = await status.patch!(target, { type: 'merge', patch: { status: { replicas: 3 }, spec: { replicas: 7 }, metadata: { labels: { no: 'x' } } } }, as('three'));
  expect(of(object, 'three')).toBe('{f:status:{f:replicas}}');
  expect(managers(object)).toContain('three Update/status 02');
});

test('a write that changes nothing leaves no trace', async () => {
  const { create, patch, apply, live, later, store } = await setup();
  await create('one', web());
  await apply('two', web(), true);
  const [before, revision] = [live(), store.revision];
  later();
  await patch('three', 'merge', { spec: { replicas: 1 } });
  await apply('two', web(), true);
  expect([live(), store.revision]).toEqual([before, revision]);
});

test('conflicts name the manager and the fields', async () => {
  const { create, apply } = await setup();
  await create('one', web({ replicas: 2 }));
  const wanted = { ...replicas, spec: { replicas: 5 } } as Unstructured;
  expect(await failure(() => apply('two', wanted))).toBe('409 Conflict: Apply failed with 1 conflict: conflict with "one" using apps/v1: .spec.replicas');
  const more = { ...replicas, spec: { replicas: 5, template: { spec: { containers: [{ name: 'c', image: 'y' }] } } } } as unknown as Unstructured;
  expect(await failure(() => apply('two', more)))
    .toBe('409 Conflict: Apply failed with 2 conflicts: conflicts with "one" using apps/v1:\n- .spec.replicas\n- .spec.template.spec.containers[name="c"].image');
  const error = await apply('two', wanted).catch((caught: unknown) => caught as { status: object });
  expect(error).toMatchObject({ status: { reason: 'Conflict', code: 409, details: { causes: [{ reason: 'FieldManagerConflict', message: 'conflict with "one" using apps/v1', field: '.spec.replicas' }] } } });
  const forced = await apply('two', wanted, true);
  expect(forced.spec).toMatchObject({ replicas: 5 });
  expect([of(forced, 'two'), of(forced, 'one')]).toEqual(['{f:spec:{f:replicas}}', expect.not.stringContaining('f:replicas')]);
});

test('the same value is managed by both, and goes when the last one lets go', async () => {
  const { apply, live } = await setup();
  const annotated = (annotations: object) => ({ ...replicas, metadata: { name: 'web', annotations } }) as unknown as Unstructured;
  await apply('base', web());
  await apply('one', annotated({ a: '1', b: '1' }));
  await apply('two', annotated({ a: '1' }));
  expect(of(live(), 'one')).toBe('{f:metadata:{f:annotations:{f:a,f:b}}}');
  await apply('one', annotated({}));
  expect(live().metadata.annotations).toEqual({ a: '1' });
  await apply('two', annotated({}));
  expect(live().metadata.annotations).toBeUndefined();
});

test('items and fields that the configuration leaves out go, those of others stay', async () => {
  const { apply, patch, live } = await setup();
  const env = (...names: string[]) => web({ template: template('x', { env: names.map((name) => ({ name, value: name })) }) });
  await apply('one', env('A', 'B'));
  await patch('two', 'strategic', { spec: { template: { spec: { containers: [{ name: 'c', env: [{ name: 'C', value: 'C' }] }] } } } });
  await apply('one', env('B'));
  const names = () => ((live().spec as { template: { spec: { containers: { env?: { name: string }[] }[] } } }).template.spec.containers[0]!.env ?? []).map(({ name }) => name);
  expect(names().sort()).toEqual(['B', 'C']);
  await apply('one', web());
  expect(names()).toEqual(['C']);
});

test('what nobody tracked is before-first-apply', async () => {
  const { create, patch, apply } = await setup();
  await create('one', web());
  expect((await patch('one', 'merge', { metadata: { managedFields: [{}] } })).metadata.managedFields).toBeUndefined();
  expect((await patch('two', 'merge', { spec: { replicas: 2 } })).metadata.managedFields).toBeUndefined();
  expect(await failure(() => apply('three', { ...replicas, spec: { replicas: 4 } } as Unstructured)))
    .toBe('409 Conflict: Apply failed with 1 conflict: conflict with "before-first-apply" using apps/v1: .spec.replicas');
  expect(managers(await apply('three', { ...replicas, spec: { replicas: 2 } } as Unstructured))).toEqual(['three Apply', 'before-first-apply Update 00']);
});

test('managers may be written, but not nonsense', async () => {
  const { create, patch } = await setup();
  const { metadata: { managedFields } } = await create('one', web());
  const renamed = managedFields!.map((entry) => ({ ...entry, manager: 'other' }));
  expect(managers(await patch('two', 'json', [{ op: 'replace', path: '/metadata/managedFields', value: renamed }]))).toEqual(['other Update 00']);
  expect(managers(await patch('two', 'merge', { metadata: { managedFields: [{ manager: 'x' }] } }))).toEqual(['other Update 00']);
});

test('the scale has managers, too', async () => {
  const { create, verbs, target, as, apply } = await setup();
  await create('one', web({ replicas: 2 }));
  const scale = verbs.subresourceHandlers.scale!;
  await scale.patch!(target, { type: 'merge', patch: { spec: { replicas: 4 } } }, as('scaler'));
  const live = verbs.getEntry(target.registry, target.kind, 'default', 'web').object;
  expect(managers(live).sort()).toEqual(['one Update 00', 'scaler Update/scale']);
  expect(of(live, 'scaler')).toBe('{f:spec:{f:replicas}}');
  expect(await failure(() => apply('two', { ...replicas, spec: { replicas: 5 } } as Unstructured)))
    .toBe('409 Conflict: Apply failed with 1 conflict: conflict with "scaler" with subresource "scale" using apps/v1: .spec.replicas');
});

test('the oldest of many updates become one', async () => {
  const { create, patch, later, live } = await setup();
  await create('m0', web());
  for (let n = 1; n <= 12; n++) {
    later();
    await patch(`m${n}`, 'merge', { metadata: { annotations: { [`a${n}`]: 'x' } } });
  }
  expect(live().metadata.managedFields).toHaveLength(10);
  expect(managers(live())[0]).toBe('ancient-changes Update 03');
  expect(of(live(), 'ancient')).toContain('f:a3');
});

test('refuses what does not fit', async () => {
  const { apply } = await setup();
  expect(await failure(() => apply('one', web({ foo: 1 })))).toBe('500 Unknown: failed to create typed patch object (default/web; apps/v1, Kind=Deployment): .spec.foo: field not declared in schema');
  expect(await failure(() => apply('one', web({}, { managedFields: [] })))).toBe('400 BadRequest: metadata.managedFields must be nil');
  expect(await failure(() => apply('one', { ...web(), apiVersion: 'v1' }))).toBe('400 BadRequest: invalid object type: /v1, Kind=Deployment');
});

test('objects without a schema: maps by name, the rest whole', async () => {
  const { registry, verbs, as } = await setup();
  const kind = registry.kinds.find({ group: 'test.example', version: 'v1', resource: 'widgets' } as never)!;
  const apply = async (manager: string, spec: object) => (await verbs.patchEntry(registry, kind, 'default', 'w', {
    type: 'apply', patch: { apiVersion: 'test.example/v1', kind: 'Widget', metadata: { name: 'w' }, spec },
  }, { part: 'main' }, as(manager))).entry.object;
  await apply('one', { a: { x: 1 }, list: [1] });
  expect((await apply('two', { a: { y: 2 } })).spec).toEqual({ a: { x: 1, y: 2 }, list: [1], color: 'red' });
  expect(await failure(() => apply('two', { list: [2] }))).toBe('409 Conflict: Apply failed with 1 conflict: conflict with "one": .spec.list');
  expect((await apply('one', {})).spec).toEqual({ a: { y: 2 }, color: 'red' });
});
