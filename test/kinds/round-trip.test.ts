import fc from 'fast-check';
import { normalise, normalisedCopy } from '../../src/api/decode';
import { groupVersion, type KubeObject } from '../../src/api/meta';
import { decodeProtobuf, encodeProtobuf } from '../../src/api/protobuf';
import { parseYaml, toYaml } from '../../src/api/yaml';
import { kinds as stable } from '../../src/kinds';
import { betaKinds } from '../../src/kinds/beta';
import type { Kind } from '../../src/kinds/kind';
import { legacyKinds } from '../../src/kinds/legacy';
import { objects } from '../support/generated-objects';

const all = [...stable, ...betaKinds, ...legacyKinds];
const rows = (kinds: readonly Kind[]) => kinds.map((kind) => [`${groupVersion(kind)} ${kind.kind}`, kind] as const);

const [some, full] = [objects(), objects({ full: true })];

/** Objects of a kind in the form that decoding gives; every other one with all its fields set. */
const decoded = ({ schema, kind, ...version }: Kind) => fc.oneof(some(schema), full(schema))
  .map((generated) => normalise({ ...generated, apiVersion: groupVersion(version), kind }, schema) as KubeObject);

const check = (kind: Kind, property: (object: KubeObject) => void, numRuns: number) => fc.assert(fc.property(decoded(kind), property), { numRuns, seed: 5 });

describe('no encoding loses anything of any kind', () => {
  test.each(rows(all))('%s', (_, kind) => check(kind, (object) => {
    expect(normalise(JSON.parse(JSON.stringify(object)), kind.schema)).toEqual(object);
    expect(normalise(parseYaml(toYaml(object))[0], kind.schema)).toEqual(object);
    expect(decodeProtobuf(encodeProtobuf(object as never, kind.schema)).object).toEqual(object);
  }, 3));
});

/** The same but for what one form cannot tell from nothing. */
const inForm = (object: KubeObject, { schema }: Kind) => normalisedCopy(object, schema);

describe('no version loses what it can show', () => {
  test.each(rows(all.filter(({ conversion }) => conversion)))('%s', (_, kind) => check(kind, (object) => {
    const { fromStored, toStored } = kind.conversion!;
    const before = structuredClone(object);
    const shown = inForm(fromStored(toStored(object)), kind);
    expect(object).toEqual(before);
    expect(inForm(fromStored(toStored(shown as KubeObject)), kind)).toEqual(shown);
    expect(shown.metadata.labels).toEqual(object.metadata.labels);
  }, 10));
});

describe('where only names differ, nothing at all is lost', () => {
  const plain = ['resource.k8s.io/v1beta1', 'apps/v1beta2', 'batch/v1beta1', 'autoscaling/v2beta2', 'rbac.authorization.k8s.io/v1beta1', 'storage.k8s.io/v1beta1', 'networking.k8s.io/v1beta1 IngressClass'];
  test.each(rows(all.filter((kind) => kind.conversion && plain.some((name) => `${groupVersion(kind)} ${kind.kind}`.startsWith(name)))))('%s', (_, kind) => check(kind, (object) => {
    const { fromStored, toStored } = kind.conversion!;
    expect(inForm(fromStored(toStored(object)), kind)).toEqual(object);
  }, 10));
});
