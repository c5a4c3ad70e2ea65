import fc from 'fast-check';
import { createMergePatch, mergePatch, threeWayMergePatch } from '../../../src/api/patch';

test.each([
  [{ a: 1, b: { c: 2, d: 3 } }, { b: { c: null, e: 4 } }, { a: 1, b: { d: 3, e: 4 } }],
  [{ a: [1, 2] }, { a: [3] }, { a: [3] }],
  [{ a: 1 }, { a: { b: null, c: 1 } }, { a: { c: 1 } }],
  [{}, { a: { b: { c: null } } }, { a: { b: {} } }],
  [{ a: 1 }, [1, null], [1]],
])('%j and %j are %j', (document, patch, result) => expect(mergePatch(document as object, patch)).toEqual(result));

test.each([null, 'x', 1])('%p is no patch', (patch) => expect(() => mergePatch({}, patch)).toThrow(expect.objectContaining({ code: 400, message: 'Invalid JSON Patch' })));

const value = fc.letrec<{ value: unknown; map: Record<string, unknown> }>((tie) => ({
  value: fc.oneof({ maxDepth: 3 }, fc.integer(), fc.constantFrom('', 'x', true), fc.array(fc.integer(), { maxLength: 2 }), tie('map')),
  map: fc.dictionary(fc.constantFrom('a', 'b', 'c', 'constructor'), tie('value'), { maxKeys: 3, noNullPrototype: true }),
})).map;

test('the difference of two documents leads from one to the other', () => {
  fc.assert(fc.property(value, value, (original, modified) => {
    expect(mergePatch(original, createMergePatch(original, modified))).toEqual(modified);
  }));
});

describe('threeWayMergePatch', () => {
  test('adds, changes, deletes what was applied before, and leaves what others set', () => {
    const original = { spec: { a: 1, b: 2 } };
    const modified = { spec: { a: 3, c: 4 } };
    const current = { spec: { a: 1, b: 2, others: 5 }, status: {} };
    expect(threeWayMergePatch(original, modified, current)).toEqual({ spec: { a: 3, b: null, c: 4 } });
  });
  test('is empty when there is nothing to do', () => {
    expect(threeWayMergePatch({ a: { b: 1 } }, { a: { b: 1 } }, { a: { b: 1 }, c: 2 })).toEqual({});
  });
  test('the name must not change', () => {
    expect(() => threeWayMergePatch({}, { metadata: { name: 'b' } }, { metadata: { name: 'a' } })).toThrow('precondition failed for: map[metadata:map[name:b]]');
  });
  test('leads from what is to what is wanted', () => {
    fc.assert(fc.property(value, value, (modified, current) => {
      const patched = mergePatch(current, threeWayMergePatch({}, modified, current));
      expect(mergePatch(patched, modified)).toEqual(patched);
    }));
  });
});
