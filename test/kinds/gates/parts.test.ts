import type { KubeObject } from '../../../src/api/meta';
import { kinds } from '../../../src/kinds';
import { dropDisabledFields } from '../../../src/kinds/gates/drop';

const kindOf = (plural: string) => kinds.find((kind) => kind.plural === plural && (kind.group === '' || kind.group === 'apps') && kind.version === 'v1')!;
const specOf = (plural: string, spec: object, old?: object): unknown => {
  const object = { metadata: { name: 'a' }, spec } as unknown as KubeObject & { spec: unknown };
  dropDisabledFields(kindOf(plural), object, old && ({ metadata: { name: 'a' }, spec: old } as unknown as KubeObject), () => false);
  return object.spec;
};

describe('ImageVolume', () => {
  const plain = { name: 'data', emptyDir: {} };
  const image = { name: 'model', image: { reference: 'registry.example/model:1' } };
  const container = (...mounts: string[]) => ({ name: 'c', ...(mounts.length && { volumeMounts: mounts.map((name) => ({ name, mountPath: `/${name}` })) }) });
  const spec = { volumes: [plain, image], containers: [container('data', 'model')], initContainers: [container('model')] };
  const without = { volumes: [plain], containers: [container('data')], initContainers: [container()] };

  test('volumes go with their mounts', () => expect(specOf('pods', structuredClone(spec))).toEqual(without));
  test('in templates, too', () => expect(specOf('deployments', { template: { spec: structuredClone(spec) } })).toEqual({ template: { spec: without } }));
  test('no volumes are left where there were no others', () => expect(specOf('pods', { volumes: [image], containers: [container()] })).toEqual({ containers: [container()] }));
  test('they stay where there was one', () => expect(specOf('pods', structuredClone(spec), { volumes: [image] })).toEqual(spec));
});

describe('CrossNamespaceVolumeDataSource', () => {
  const far = { dataSourceRef: { kind: 'VolumeSnapshot', name: 's', namespace: 'other' } };
  const near = { dataSourceRef: { kind: 'VolumeSnapshot', name: 's' } };

  test.each<[string, object, object | undefined, object]>([
    ['a source in another namespace goes', far, undefined, {}],
    ['also where there was none', far, {}, {}],
    ['it stays where there was a source', far, near, far],
    ['one in the same namespace stays', near, undefined, near],
  ])('%s', (_what, spec, old, left) => expect(specOf('persistentvolumeclaims', structuredClone(spec), old)).toEqual(left));
});
