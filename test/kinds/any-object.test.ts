import fc from 'fast-check';
import { normalise } from '../../src/api/decode';
import { groupVersion, type KubeObject } from '../../src/api/meta';
import { applySchemaDefaults } from '../../src/api/schema/defaults';
import { kinds as stable } from '../../src/kinds';
import { betaKinds } from '../../src/kinds/beta';
import type { Kind } from '../../src/kinds/kind';
import { legacyKinds } from '../../src/kinds/legacy';
import { objects } from '../support/generated-objects';
import { nowMs } from './create';

const kinds = [...stable, ...betaKinds, ...legacyKinds].filter(({ definition, verbs }) => !definition && (!verbs || verbs.includes('create')));
const context = { nowMs, user: { name: 'a', groups: [] } };

/** As the server has it before it looks at it: decoded and with its defaults. */
function prepared(kind: Kind, given: object): KubeObject {
  const metadata = { name: 'a', ...(kind.namespaced && { namespace: 'default' }), resourceVersion: '1' };
  const object = normalise({ ...given, apiVersion: groupVersion(kind), kind: kind.kind, metadata }, kind.schema) as KubeObject;
  applySchemaDefaults(object as never, kind.schema);
  kind.strategy.setDefaults?.(object);
  return object;
}

/** All that a strategy does with an object on its way into the store, of which nothing may fail: what is wrong is said. */
function live({ strategy, columns }: Kind, object: KubeObject, old: KubeObject): void {
  const created = structuredClone(object);
  strategy.prepareForCreate?.(created, context);
  strategy.validate?.(created);
  strategy.warnings?.(created);
  strategy.generationOf?.(created);
  const [updated, ofStatus] = [structuredClone(object), structuredClone(object)];
  strategy.prepareForUpdate?.(updated, old, context);
  strategy.validate?.(updated, old);
  strategy.validateUpdate?.(updated, old);
  strategy.prepareForStatusUpdate?.(ofStatus, old, context);
  strategy.validateStatusUpdate?.(ofStatus, old);
  for (const { value } of columns) value(object, { nowMs });
}

const [some, full] = [objects(), objects({ full: true })];

describe('no object is too strange for the rules of its kind', () => {
  test.each(kinds.map((kind) => [`${groupVersion(kind)} ${kind.kind}`, kind] as const))('%s', (_, kind) => {
    const given = fc.oneof({ weight: 4, arbitrary: some(kind.schema) }, { weight: 1, arbitrary: full(kind.schema) });
    fc.assert(fc.property(given, given, (a, b) => live(kind, prepared(kind, a), prepared(kind, b))), { numRuns: 12, seed: 11, examples: [[{}, {}], [{ spec: {} }, { spec: {}, status: {} }]] });
  });
});
