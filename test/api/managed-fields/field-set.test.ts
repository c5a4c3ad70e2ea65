import fc from 'fast-check';
import { difference, emptySet, hasPath, intersection, isEmpty, paths, recursiveDifference, setOf, union, type FieldSet } from '../../../src/api/managed-fields/field-set';
import { parseFieldSet } from '../../../src/api/managed-fields/parse';
import { compareElements, formatPath } from '../../../src/api/managed-fields/path-element';

const elements = ['f:a', 'f:b', 'f:c', 'k:{"name":"x"}', 'k:{"containerPort":80,"protocol":"TCP"}', 'v:1', 'v:"one"', 'i:0'];
const path = fc.array(fc.constantFrom(...elements), { minLength: 1, maxLength: 3 });
const set = fc.array(path, { maxLength: 8 }).map((all) => setOf(...all));

/** The members as texts: what a set is, whatever its form. */
const members = (of: FieldSet) => paths(of).map((elements) => elements.join('/')).sort();
const property = (check: (a: FieldSet, b: FieldSet, c: FieldSet) => void) => fc.assert(fc.property(set, set, set, check));

test('operations are those of the sets of their members', () => {
  property((a, b) => {
    const [left, right] = [members(a), members(b)];
    expect(members(union(a, b))).toEqual([...new Set([...left, ...right])].sort());
    expect(members(intersection(a, b))).toEqual(left.filter((member) => right.includes(member)));
    expect(members(difference(a, b))).toEqual(left.filter((member) => !right.includes(member)));
    expect(members(recursiveDifference(a, b)))
      .toEqual(left.filter((member) => !right.some((other) => member === other || member.startsWith(`${other}/`))));
  });
});

test('equal sets are one object, whatever way they came to be', () => {
  property((a, b, c) => {
    expect(union(a, b)).toBe(union(b, a));
    expect(union(union(a, b), c)).toBe(union(a, union(b, c)));
    expect(union(intersection(a, b), difference(a, b))).toBe(a);
    expect(intersection(a, union(a, b))).toBe(a);
    expect(isEmpty(difference(a, a))).toBe(true);
    expect(a === b).toBe(members(a).join() === members(b).join());
  });
});

test('survives a journey as JSON', () => {
  property((a) => expect(parseFieldSet(JSON.parse(JSON.stringify(a)))).toBe(a));
});

test('membership is that of paths', () => {
  fc.assert(fc.property(set, path, (a, p) => expect(hasPath(a, p)).toBe(members(a).includes(p.join('/')))));
});

test('takes the form of FieldsV1', () => {
  const spec = setOf(['f:spec', 'f:replicas'], ['f:spec', 'f:containers', 'k:{"name":"b"}'], ['f:spec', 'f:containers', 'k:{"name":"b"}', 'f:image'], ['f:spec', 'f:containers', 'k:{"name":"a"}', 'f:image']);
  expect(JSON.stringify(spec)).toBe('{"f:spec":{"f:containers":{"k:{\\"name\\":\\"a\\"}":{"f:image":{}},"k:{\\"name\\":\\"b\\"}":{".":{},"f:image":{}}},"f:replicas":{}}}');
});

test.each([
  ['sorts and spells canonically', { 'f:b': {}, 'f:a': { 'k:{"protocol":"TCP", "port":80}': {}, 'k:{"port":9,"protocol":"TCP"}': { '.': {} } } },
    '{"f:a":{"k:{\\"port\\":9,\\"protocol\\":\\"TCP\\"}":{},"k:{\\"port\\":80,\\"protocol\\":\\"TCP\\"}":{}},"f:b":{}}'],
  ['drops what a later version may know', { 'x:1': {}, 'f:a': {} }, '{"f:a":{}}'],
  ['takes nothing for the empty set', undefined, '{}'],
])('parsing %s', (_, fields, expected) => expect(JSON.stringify(parseFieldSet(fields))).toBe(expected));

test.each([[[]], ['f:a'], [{ a: {} }], [{ 'f:a': 1 }], [{ 'k:{': {} }], [{ 'k:[]': {} }], [{ 'i:x': {} }]])('refuses %j', (fields) => {
  expect(() => parseFieldSet(fields)).toThrow(SyntaxError);
});

test('orders fields, keys, values, indexes; numbers as numbers', () => {
  const sorted = ['f:a', 'f:b', 'k:{"name":"a"}', 'k:{"name":"ab"}', 'k:{"port":9}', 'k:{"port":80}', 'v:9', 'v:10', 'v:"1"', 'i:0'];
  expect([...sorted].reverse().sort(compareElements)).toEqual(sorted);
});

test.each([
  [['f:spec', 'f:containers', 'k:{"name":"web"}', 'f:image'], '.spec.containers[name="web"].image'],
  [['f:ports', 'k:{"containerPort":80,"protocol":"TCP"}'], '.ports[containerPort=80,protocol="TCP"]'],
  [['f:finalizers', 'v:"a/b"', 'i:3'], '.finalizers[="a/b"][3]'],
])('%j reads %s', (path, text) => expect(formatPath(path)).toBe(text));

test('nothing added is nothing changed', () => {
  const a = setOf(['f:a', 'f:b']);
  expect([union(a, emptySet), union(emptySet, a), difference(a, emptySet)]).toEqual([a, a, a]);
  expect(setOf([])).toBe(emptySet);
});
