import fc from 'fast-check';
import { normalise } from '../../../src/api/decode';
import { decodeProtobuf, encodeProtobuf, schemaKeyOf } from '../../../src/api/protobuf';
import { typeKeys, typeSchema } from '../../../src/api/schema';
import { objects } from '../../support/generated-objects';

const objectOf = objects();
const jsonSchema = 'io.k8s.apiextensions-apiserver.pkg.apis.apiextensions.v1.JSONSchemaProps';

const kinds: [string, string][] = [
  ['v1', 'Pod'], ['v1', 'Service'], ['v1', 'Secret'], ['v1', 'Event'], ['v1', 'Node'], ['v1', 'PersistentVolume'], ['v1', 'ConfigMap'],
  ['apps/v1', 'Deployment'], ['apps/v1', 'StatefulSet'], ['batch/v1', 'CronJob'], ['coordination.k8s.io/v1', 'Lease'], ['policy/v1', 'PodDisruptionBudget'],
  ['discovery.k8s.io/v1', 'EndpointSlice'], ['resource.k8s.io/v1beta2', 'ResourceSlice'], ['admissionregistration.k8s.io/v1', 'ValidatingAdmissionPolicy'],
  ['authentication.k8s.io/v1', 'TokenReview'], ['apiregistration.k8s.io/v1', 'APIService'], ['v1', 'Status'], ['v1', 'DeleteOptions'],
];

describe('JSON → protobuf → JSON', () => {
  test.each(kinds)('%s %s', (apiVersion, kind) => {
    const key = schemaKeyOf(apiVersion, kind)!;
    fc.assert(fc.property(objectOf(key), (generated) => {
      const object = normalise({ ...generated, apiVersion, kind }, key);
      expect(decodeProtobuf(encodeProtobuf(object, key)).object).toEqual(object);
    }), { numRuns: 40, seed: 11 });
  });

  test('schemas of custom resources, whose parts are one of two things', () => {
    const key = jsonSchema.replace('JSONSchemaProps', 'CustomResourceDefinition');
    fc.assert(fc.property(objectOf(jsonSchema, 2), (schema) => {
      const crd = normalise({ apiVersion: 'apiextensions.k8s.io/v1', kind: 'CustomResourceDefinition', spec: { versions: [{ name: 'v1', schema: { openAPIV3Schema: schema } }] } }, key);
      const back = decodeProtobuf(encodeProtobuf(crd, key)).object;
      // What either-or types hold is not brought into canonical form in JSON, but is written in full in protobuf.
      expect(normalise(back, key)).toEqual(back);
      expect(encodeProtobuf(back, key)).toEqual(encodeProtobuf(crd, key));
    }), { numRuns: 40, seed: 11 });
  });
});

test('an empty object of every kind goes both ways', () => {
  for (const key of typeKeys().filter((name) => typeSchema(name).isKind && typeSchema(name).fields.some(({ proto }) => proto > 0))) {
    const apiVersion = apiVersionOf(key);
    const kind = key.split('.').at(-1)!;
    if (schemaKeyOf(apiVersion, kind) !== key) continue;
    const object = normalise({ apiVersion, kind }, key);
    expect(decodeProtobuf(encodeProtobuf(object, key)).object).toEqual(object);
  }
});

function apiVersionOf(key: string): string {
  const [group, version] = key.split('.').slice(-3) as [string, string];
  return group === 'core' || group === 'meta' ? version : `${group}/${version}`;
}
