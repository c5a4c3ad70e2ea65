import { kinds as stable } from '../../src/kinds/index';
import { betaKinds } from '../../src/kinds/beta';
import { legacyKinds } from '../../src/kinds/legacy';
import { hasTypeSchema } from '../../src/api/schema';

const kinds = [...stable, ...betaKinds, ...legacyKinds];

describe.each(kinds.map((kind) => [`${kind.plural}.${kind.version}.${kind.group || 'core'}`, kind] as const))('%s', (_, kind) => {
  test('names a generated type', () => expect(hasTypeSchema(kind.schema)).toBe(true));
  test('is served under lower-case names', () => expect(kind.plural).toBe(kind.plural.toLowerCase()));
  test('has columns with names of their own', () => {
    const names = kind.columns.map(({ name }) => name);
    expect(new Set(names).size).toBe(names.length);
  });
});

test('no two kinds share a path', () => {
  const paths = kinds.map(({ group, version, plural }) => `${group}/${version}/${plural}`);
  expect(new Set(paths).size).toBe(paths.length);
});
