import { createMemoryStore } from '../../../../src/cluster/store';
import type { ServedEvent, WatchQuery } from '../../../../src/cluster/apiserver/registry';
import { failure, testRegistry } from '../support/registry';
import { widget, widgetKind } from '../support/widget';

const kind = widgetKind();

async function world(names: string[] = ['a', 'b', 'c', 'd', 'e'], store = createMemoryStore()) {
  const base = await testRegistry([kind], store);
  for (const name of names) {
    await base.verbs.createEntry(base.registry, kind, 'default', widget(name, { spec: { color: 'ace'.includes(name) ? 'odd' : 'even' }, metadata: { name, labels: { name } } }), base.context);
  }
  const list = (query: Parameters<typeof base.verbs.listEntries>[2] = {}) => base.verbs.listEntries(base.registry, kind, query);
  const set = async (name: string, patch: object) => base.verbs.patchEntry(base.registry, kind, 'default', name, { type: 'merge', patch }, { part: 'main' }, base.context);
  const watch = (query: WatchQuery) => {
    const seen: string[] = [];
    const text = ({ type, entry: { object: { metadata } } }: ServedEvent) => `${type} ${metadata.name} ${metadata.resourceVersion}`;
    base.verbs.watchEntries(base.registry, kind, query, {
      events: (events) => seen.push(...events.map(text)), initialEventsEnd: (revision) => seen.push(`END ${revision}`),
    });
    return seen;
  };
  return { ...base, list, set, watch };
}
const names = ({ entries }: { entries: readonly { object: { metadata: { name: string } } }[] }) => entries.map(({ object }) => object.metadata.name).join('');

test('pages with limit and continue, at the revision of the first page', async () => {
  const { list, set, registry, verbs, context } = await world();
  const first = list({ limit: 2 });
  expect([names(first), first.metadata.resourceVersion, first.metadata.remainingItemCount]).toEqual(['ab', '7', 3]);
  await set('c', { spec: { size: 1 } });
  await verbs.deleteEntry(registry, kind, 'default', 'd', {}, context);
  const second = list({ limit: 2, continue: first.metadata.continue! });
  expect([names(second), second.metadata.resourceVersion, second.metadata.remainingItemCount]).toEqual(['cd', '7', 1]);
  const third = list({ limit: 2, continue: second.metadata.continue! });
  expect([names(third), third.metadata.continue]).toEqual(['e', undefined]);
  expect(names(list())).toBe('abce');
});

test('selects by labels and fields, and does not count what is behind', async () => {
  const { list } = await world();
  expect(names(list({ labelSelector: 'name in (a,d)' }))).toBe('ad');
  expect(names(list({ fieldSelector: 'spec.color=odd,metadata.name!=c' }))).toBe('ae');
  expect(names(list({ fieldSelector: 'metadata.name=c' }))).toBe('c');
  const page = list({ fieldSelector: 'spec.color=odd', limit: 1 });
  expect([names(page), page.metadata.remainingItemCount]).toEqual(['a', undefined]);
  expect(page.metadata.continue).toBeDefined();
  expect(await failure(() => list({ fieldSelector: 'spec.foo=x' }))).toBe('400 BadRequest: field label not supported: spec.foo');
});

test('shows the past when asked exactly, and says what it cannot show', async () => {
  const { list, set, store } = await world();
  await set('a', { spec: { color: 'even' } });
  expect(names(list({ resourceVersion: '7', resourceVersionMatch: 'Exact', fieldSelector: 'spec.color=odd' }))).toBe('ace');
  expect(names(list({ resourceVersion: '7', fieldSelector: 'spec.color=odd' }))).toBe('ce');
  expect(await failure(() => list({ resourceVersion: '99' }))).toBe('504 Timeout: Too large resource version: 99, current: 8');
  expect(await failure(() => list({ resourceVersionMatch: 'Exact' })))
    .toBe('422 Invalid: ListOptions.meta.k8s.io "" is invalid: resourceVersionMatch: Forbidden: resourceVersionMatch is forbidden unless resourceVersion is provided');
  const token = list({ limit: 1 }).metadata.continue!;
  store.compact(store.revision);
  await set('b', { spec: { size: 1 } });
  store.compact(store.revision);
  expect(await failure(() => list({ continue: token }))).toMatch(/^410 Expired: The provided continue parameter is too old to display a consistent list result/);
});

const version = 'meta.k8s.io/v1';
test.each<[string, unknown, string]>([
  ['no base64', 'a+b', 'illegal base64 data at input byte 1'],
  ['a part of base64', 'abcde', 'illegal base64 data at input byte 4'],
  ['no JSON', Buffer.from('nonsense').toString('base64url'), "invalid character 'o' in literal null (expecting 'u')"],
  ['a list', [], 'json: cannot unmarshal array into Go value of type storage.continueToken'],
  ['a revision that is none', { v: version, rv: '5', start: 'a' }, 'json: cannot unmarshal string into Go struct field continueToken.rv of type int64'],
  ['another version', { v: 'meta.k8s.io/v2', rv: 5, start: 'a' }, 'server does not recognize this encoded version meta.k8s.io/v2'],
  ['no revision', { v: version, start: 'a' }, 'incorrect encoded start resourceVersion (version meta.k8s.io/v1)'],
  ['no key', { v: version, rv: 5 }, 'encoded start key empty (version meta.k8s.io/v1)'],
  ['a key that climbs', { v: version, rv: 5, start: '../secrets/a' }, '../secrets/a'],
])('a token of %s', async (_, token, why) => {
  const { list } = await world();
  const text = typeof token === 'string' ? token : Buffer.from(JSON.stringify(token)).toString('base64url');
  expect(await failure(() => list({ continue: text }))).toBe(`400 BadRequest: invalid continue token: continue key is not valid: ${why}`);
});

test('a token of a revision that is yet to come is refused as a resourceVersion of it is', async () => {
  const { list } = await world();
  const token = Buffer.from(JSON.stringify({ v: 'meta.k8s.io/v1', rv: 99999999, start: 'a' })).toString('base64url');
  expect(await failure(() => list({ continue: token }))).toMatch(/^504 Timeout: Too large resource version: 99999999, current: \d+$/);
});

test('the token of an expired page continues with what is there now', async () => {
  const { list, set, store } = await world();
  const token = list({ limit: 2 }).metadata.continue!;
  await set('e', { spec: { size: 1 } });
  store.compact(store.revision);
  const fresh = await (async () => list({ continue: token }))().catch((error: { status: { metadata: { continue: string } } }) => error.status.metadata.continue);
  expect(names(list({ continue: fresh as string }))).toBe('cde');
});

test('a watch without a version begins with everything', async () => {
  const { watch, set } = await world(['a', 'b']);
  const [unset, zero, from] = [watch({}), watch({ resourceVersion: '0' }), watch({ resourceVersion: '3' })];
  await set('a', { spec: { size: 1 } });
  expect(unset).toEqual(['ADDED a 3', 'ADDED b 4', 'MODIFIED a 5']);
  expect(zero).toEqual(unset);
  expect(from).toEqual(['ADDED b 4', 'MODIFIED a 5']);
});

test('sendInitialEvents ends with a mark', async () => {
  const { watch, set } = await world(['a', 'b']);
  const seen = watch({ sendInitialEvents: true, resourceVersionMatch: 'NotOlderThan', allowWatchBookmarks: true });
  await set('a', { spec: { size: 1 } });
  expect(seen).toEqual(['ADDED a 3', 'ADDED b 4', 'END 4', 'MODIFIED a 5']);
  expect(await failure(() => watch({ sendInitialEvents: true }))).toMatch(/sendInitialEvents requires setting resourceVersionMatch to NotOlderThan/);
  expect(await failure(() => watch({ resourceVersionMatch: 'Exact' }))).toMatch(/resourceVersionMatch is forbidden for watch unless sendInitialEvents is provided/);
});

test('objects that come to match or cease to are added and deleted', async () => {
  const { watch, set, registry, verbs, context } = await world(['a', 'b']);
  const seen = watch({ resourceVersion: '4', fieldSelector: 'spec.color=odd' });
  const named = watch({ resourceVersion: '4', fieldSelector: 'metadata.name=b' });
  await set('b', { spec: { color: 'odd' } });
  await set('b', { spec: { size: 3 } });
  await set('b', { spec: { color: 'even' } });
  await verbs.deleteEntry(registry, kind, 'default', 'b', {}, context);
  await verbs.deleteEntry(registry, kind, 'default', 'a', {}, context);
  expect(seen).toEqual(['ADDED b 5', 'MODIFIED b 6', 'DELETED b 7', 'DELETED a 9']);
  expect(named).toEqual(['MODIFIED b 5', 'MODIFIED b 6', 'MODIFIED b 7', 'DELETED b 8']);
});

test('a watch from too long ago is told so', async () => {
  const { watch, store } = await world();
  store.compact(5);
  expect(await failure(() => watch({ resourceVersion: '4' }))).toBe('410 Expired: too old resource version: 4 (5)');
});
