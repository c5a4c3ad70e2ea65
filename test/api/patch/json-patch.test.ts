import { jsonPatch } from '../../../src/api/patch';

const doc = () => ({ metadata: { labels: { a: '1', 'x/y': '2' } }, spec: { list: ['a', 'b', 'c'] } }) as Record<string, unknown>;
const labels = (labels: Record<string, unknown>) => ({ ...doc(), metadata: { labels } });
const list = (...list: unknown[]) => ({ ...doc(), spec: { list } });

test.each([
  [[], doc()],
  [null, doc()],
  [[{ op: 'add', path: '/metadata/labels/b', value: '3' }], labels({ a: '1', 'x/y': '2', b: '3' })],
  [[{ op: 'remove', path: '/metadata/labels/x~1y' }], labels({ a: '1' })],
  [[{ op: 'replace', path: '/metadata/labels/missing', value: 'made' }], labels({ a: '1', 'x/y': '2', missing: 'made' })],
  [[{ op: 'copy', from: '/metadata/labels/missing', path: '/metadata/labels/b' }], labels({ a: '1', 'x/y': '2', b: null })],
  [[{ op: 'move', from: '/metadata/labels/a', path: '/metadata/labels/b' }], labels({ 'x/y': '2', b: '1' })],
  [[{ op: 'add', path: '/spec/list/-', value: 'd' }], list('a', 'b', 'c', 'd')],
  [[{ op: 'add', path: '/spec/list/1', value: 'x' }], list('a', 'x', 'b', 'c')],
  [[{ op: 'add', path: '/spec/list/-1', value: 'x' }], list('a', 'b', 'c', 'x')],
  [[{ op: 'remove', path: '/spec/list/-1' }], list('a', 'b')],
  [[{ op: 'replace', path: '/spec/list/-3', value: 'x' }], list('x', 'b', 'c')],
  [[{ op: 'test', path: '/spec/list/0', value: 'a' }], doc()],
  [[{ op: 'replace', path: 'lost/spec/list', value: [] }], list()],
  [[{ op: 'add', path: '/metadata/labels/n' }], labels({ a: '1', 'x/y': '2', n: null })],
])('%j', (patch, expected) => {
  const before = doc();
  expect(jsonPatch(before, patch)).toEqual(expected);
  expect(before).toEqual(doc());
});

test.each([
  [{ op: 'add' }, 400, 'json: cannot unmarshal object into Go value of type jsonpatch.Patch'],
  [['x'], 400, 'json: cannot unmarshal string into Go value of type jsonpatch.Operation'],
  [[{ op: 'merge', path: '/a' }], 422, 'Unexpected kind: merge'],
  [[{ path: '/a' }], 422, 'Unexpected kind: unknown'],
  [[{ op: 'constructor', path: '/a' }], 422, 'Unexpected kind: constructor'],
  [[{ op: 'add', path: '/no/such', value: 1 }], 422, 'add operation does not apply: doc is missing path: "/no/such": missing value'],
  [[{ op: 'replace', path: '/no/such', value: 1 }], 422, 'replace operation does not apply: doc is missing path: /no/such: missing value'],
  [[{ op: 'replace', path: '/spec/list/9', value: 1 }], 422, 'replace operation does not apply: doc is missing key: /spec/list/9: missing value'],
  [[{ op: 'remove', path: '/metadata/x' }], 422, "error in remove for path: '/metadata/x': Unable to remove nonexistent key: x: missing value"],
  [[{ op: 'remove', path: '/spec/list/9' }], 422, "error in remove for path: '/spec/list/9': Unable to access invalid index: 9: invalid index referenced"],
  [[{ op: 'test', path: '/spec/list/0', value: 'x' }], 422, 'testing value /spec/list/0 failed: test failed'],
  [[{ op: 'remove', path: 3 }], 422, 'remove operation failed to decode path: missing value'],
  [[{ op: 'replace' }], 422, 'replace operation failed to decode path: operation missing path field: missing value'],
])('%j is refused', (patch, code, message) => {
  expect(() => jsonPatch(doc(), patch)).toThrow(expect.objectContaining({ name: 'PatchError', code, message }));
});

test('a member called __proto__ is a member', () => {
  const patched = jsonPatch({} as object, [{ op: 'add', path: '/__proto__', value: { polluted: true } }]);
  expect(Object.keys(patched)).toEqual(['__proto__']);
  expect('polluted' in patched).toBe(false);
});
