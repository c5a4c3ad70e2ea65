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
  const spec = { volumes: [{ name: 'model', image: { reference: 'registry.example/model:1' } }], containers: [{ name: 'c', volumeMounts: [{ name: 'model', mountPath: '/model' }] }] };

  test.each<[string, object]>([['pods', spec], ['deployments', { template: { spec } }]])('is switched on: volumes of images stay in %s', (plural, given) => {
    expect(specOf(plural, structuredClone(given))).toEqual(given);
  });
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
