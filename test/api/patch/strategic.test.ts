import fc from 'fast-check';
import { strategicMergePatch, threeWayStrategicPatch, twoWayStrategicPatch } from '../../../src/api/patch';

const pod = 'io.k8s.api.core.v1.Pod';
const deployment = 'io.k8s.api.apps.v1.Deployment';
const containers = (...containers: object[]) => ({ spec: { containers } });

describe('strategicMergePatch', () => {
  test.each([
    ['maps are merged, null deletes', { metadata: { labels: { a: '1', b: '2' } } }, { metadata: { labels: { a: null, c: '3' } } }, { metadata: { labels: { b: '2', c: '3' } } }],
    ['new items come first', containers({ name: 'a' }), containers({ name: 'b' }, { name: 'c' }), containers({ name: 'b' }, { name: 'c' }, { name: 'a' })],
    ['items are merged by key', containers({ name: 'a', image: 'x', tty: true }), containers({ name: 'a', image: 'y' }), containers({ name: 'a', image: 'y', tty: true })],
    ['ports merge by number only', containers({ name: 'a', ports: [{ containerPort: 53, protocol: 'TCP' }] }),
      containers({ name: 'a', ports: [{ containerPort: 53, protocol: 'UDP' }] }), containers({ name: 'a', ports: [{ containerPort: 53, protocol: 'UDP' }] })],
    ['$patch: delete removes an item', containers({ name: 'a' }, { name: 'b' }), containers({ name: 'a', $patch: 'delete' }), containers({ name: 'b' })],
    ['$patch: replace replaces a list', containers({ name: 'a' }, { name: 'b' }), containers({ name: 'c' }, { $patch: 'replace' }), containers({ name: 'c' })],
    ['$patch: replace replaces a map', { spec: { nodeSelector: { a: '1' } } }, { spec: { nodeSelector: { b: '2', $patch: 'replace' } } }, { spec: { nodeSelector: { b: '2' } } }],
    ['$patch: delete empties a map', { spec: { nodeSelector: { a: '1' } } }, { spec: { nodeSelector: { $patch: 'delete' } } }, { spec: { nodeSelector: {} } }],
    ['$setElementOrder orders', containers({ name: 'a' }, { name: 'b' }), { spec: { '$setElementOrder/containers': [{ name: 'b' }, { name: 'a' }] } }, containers({ name: 'b' }, { name: 'a' })],
    ['$deleteFromPrimitiveList deletes scalars', { metadata: { finalizers: ['a', 'b'] } }, { metadata: { '$deleteFromPrimitiveList/finalizers': ['a'] } }, { metadata: { finalizers: ['b'] } }],
    ['scalars are merged without repetition', { metadata: { finalizers: ['a', 'b'] } }, { metadata: { finalizers: ['b', 'c'] } }, { metadata: { finalizers: ['a', 'b', 'c'] } }],
    ['$retainKeys clears the rest', { spec: { volumes: [{ name: 'v', emptyDir: {} }] } },
      { spec: { volumes: [{ name: 'v', configMap: { name: 'c' }, $retainKeys: ['name', 'configMap'] }] } }, { spec: { volumes: [{ name: 'v', configMap: { name: 'c' } }] } }],
    ['atomic lists are replaced', { spec: { tolerations: [{ key: 'a' }] } }, { spec: { tolerations: [{ key: 'b' }] } }, { spec: { tolerations: [{ key: 'b' }] } }],
    ['null changes nothing', { a: 1 }, null, { a: 1 }],
  ])('%s', (_, document, patch, result) => {
    const copies = JSON.stringify([document, patch]);
    expect(strategicMergePatch(document as object, patch, pod)).toEqual(result);
    expect(JSON.stringify([document, patch])).toBe(copies);
  });

  test.each([
    [containers({ name: 'a' }), containers({ image: 'x' }), 500, 'map: map[image:x] does not contain declared merge key: name'],
    [containers({ name: 'a' }), containers({ name: 'b', $patch: 'merge' }), 500, 'merging lists cannot yet be specified in the patch'],
    [containers({ name: 'a' }), containers({ name: 'b', $patch: 'no' }), 500, 'unknown patch type: no in map: map[$patch:no name:b]'],
    [{}, { $patch: 'no' }, 500, 'unknown patch type: no in map: map[$patch:no]'],
    [{ spec: { x: {} } }, { spec: { x: {} } }, 500, 'unable to find api field in struct PodSpec for the json field "x"'],
    [{}, [], 400, 'invalid JSON document'],
    [{ spec: { volumes: [{ name: 'v' }] } }, { spec: { volumes: [{ name: 'v', emptyDir: {}, $retainKeys: ['name'] }] } }, 400, 'invalid patch format of retainKeys'],
    [{ metadata: { finalizers: ['a'] } }, { metadata: { $deleteFromPrimitiveList: ['a'] } }, 400, 'invalid patch format of primitive list'],
    [containers({ name: 'a' }), { spec: { containers: [{ name: 'b' }], '$setElementOrder/containers': [{ name: 'a' }] } }, 500,
      "The order in patch list:\n[map[name:b]]\n doesn't match $setElementOrder list:\n[map[name:a]]\n"],
  ])('%j with %j is refused', (document, patch, code, message) => {
    expect(() => strategicMergePatch(document as object, patch, pod)).toThrow(expect.objectContaining({ name: 'PatchError', code, message }));
  });

  test('a kind without a type is refused', () => {
    expect(() => strategicMergePatch({}, {}, undefined)).toThrow('strategic merge patch format is not supported');
    expect(() => strategicMergePatch({}, {}, 'example.com.v1.Thing')).toThrow('strategic merge patch format is not supported');
  });
});

const word = fc.constantFrom('x', 'y');
const spec = fc.record({
  hostname: word,
  nodeSelector: fc.dictionary(word, word, { noNullPrototype: true }),
  containers: fc.uniqueArray(fc.record({ name: fc.constantFrom('a', 'b', 'c', 'd'), image: word, args: fc.array(word), env: fc.uniqueArray(fc.record({ name: word, value: word }),
    { selector: (item) => item.name, minLength: 1 }) }), { selector: (item) => item.name, minLength: 1 }),
  tolerations: fc.array(fc.record({ key: word })),
}, { requiredKeys: [], noNullPrototype: true });
const object = fc.record({ metadata: fc.record({ finalizers: fc.uniqueArray(fc.constantFrom('p', 'q', 'r'), { minLength: 1 }) }, { noNullPrototype: true }), spec }, { noNullPrototype: true });

test('a two-way patch leads from one object to the other', () => {
  fc.assert(fc.property(object, object, (original, modified) => {
    expect(strategicMergePatch(original, twoWayStrategicPatch(original, modified, pod), pod)).toEqual(modified);
  }));
});

describe('threeWayStrategicPatch', () => {
  test('keeps what others set, deletes what was applied before', () => {
    const original = containers({ name: 'a', image: 'x', env: [{ name: 'old', value: '1' }] });
    const modified = containers({ name: 'a', image: 'y' }, { name: 'b', image: 'z' });
    const current = containers({ name: 'a', image: 'x', imagePullPolicy: 'Always', env: [{ name: 'old', value: '1' }, { name: 'injected', value: '2' }] }, { name: 'sidecar', image: 's' });
    const patch = threeWayStrategicPatch(original, modified, current, pod);
    expect(patch).toEqual({ spec: {
      '$setElementOrder/containers': [{ name: 'a' }, { name: 'b' }],
      containers: [{ name: 'a', image: 'y', env: null }, { name: 'b', image: 'z' }],
    } });
    expect(strategicMergePatch(current, patch, pod)).toEqual(containers(
      { name: 'a', image: 'y', imagePullPolicy: 'Always' }, { name: 'b', image: 'z' }, { name: 'sidecar', image: 's' }));
  });

  test('an item taken out is deleted by its key', () => {
    const original = containers({ name: 'a' }, { name: 'b' });
    const modified = containers({ name: 'a' });
    expect(threeWayStrategicPatch(original, modified, original, pod)).toEqual({ spec: {
      '$setElementOrder/containers': [{ name: 'a' }], containers: [{ name: 'b', $patch: 'delete' }],
    } });
  });

  test('a strategy is changed with retained keys', () => {
    const rolling = { spec: { strategy: { type: 'RollingUpdate', rollingUpdate: { maxSurge: 1 } } } };
    const patch = threeWayStrategicPatch({}, { spec: { strategy: { type: 'Recreate' } } }, rolling, deployment);
    expect(patch).toEqual({ spec: { strategy: { type: 'Recreate', $retainKeys: ['type'] } } });
    expect(strategicMergePatch(rolling, patch, deployment)).toEqual({ spec: { strategy: { type: 'Recreate' } } });
  });

  test('is empty when there is nothing to do', () => {
    const applied = containers({ name: 'a', image: 'x' });
    expect(threeWayStrategicPatch(applied, applied, containers({ name: 'a', image: 'x', tty: true }), pod)).toEqual({});
  });

  test('without overwrite, a conflicting change is refused', () => {
    const image = (image: string) => containers({ name: 'a', image });
    expect(() => threeWayStrategicPatch(image('x'), image('y'), image('z'), pod, { overwrite: false })).toThrow('conflicts with changes made from original to current');
    expect(threeWayStrategicPatch(image('x'), image('y'), image('x'), pod, { overwrite: false })).toMatchObject(image('y'));
  });

  test('applied again, it changes nothing', () => {
    fc.assert(fc.property(object, object, object, (original, modified, current) => {
      const patched = strategicMergePatch(current, threeWayStrategicPatch(original, modified, current, pod), pod);
      expect(strategicMergePatch(patched, threeWayStrategicPatch(modified, modified, patched, pod), pod)).toEqual(patched);
    }));
  });
});
