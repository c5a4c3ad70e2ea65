import { hasTypeSchema, typeKeys, typeSchema } from '../../../src/api/schema';
import { applySchemaDefaults } from '../../../src/api/schema/defaults';

const core = (name: string) => `io.k8s.api.core.v1.${name}`;

describe('typeSchema', () => {
  test('knows every type, and every reference leads to one', () => {
    expect(typeKeys().length).toBeGreaterThan(1000);
    for (const key of typeKeys()) expect(typeSchema(key).key).toBe(key);
  });

  test('refuses an unknown key by name', () => {
    expect(hasTypeSchema('io.k8s.api.core.v1.Pad')).toBe(false);
    expect(() => typeSchema('io.k8s.api.core.v1.Pad')).toThrow('the schema has no type io.k8s.api.core.v1.Pad');
  });

  test('flattens embedded structs in place', () => {
    expect(typeSchema(core('Pod')).fields.map((field) => field.name)).toEqual(['kind', 'apiVersion', 'metadata', 'spec', 'status']);
    expect(typeSchema(core('Probe')).fields.slice(0, 5).map((field) => field.name)).toEqual(['exec', 'httpGet', 'tcpSocket', 'grpc', 'initialDelaySeconds']);
    expect(typeSchema(core('Pod')).isKind).toBe(true);
    expect(typeSchema(core('Probe')).isKind).toBe(false);
  });

  test('tells list semantics, patch keys, defaults and enums', () => {
    expect(typeSchema(core('Container')).byName.get('ports')).toMatchObject({
      type: { list: { ref: core('ContainerPort') } }, optional: true, proto: 6,
      listType: 'map', listMapKeys: ['containerPort', 'protocol'], patchMergeKey: 'containerPort', patchStrategy: 'merge',
    });
    expect(typeSchema(core('ContainerPort')).byName.get('protocol')).toMatchObject({ default: 'TCP', enum: ['SCTP', 'TCP', 'UDP'] });
    expect(typeSchema(core('AzureDiskVolumeSource')).byName.get('kind')).toMatchObject({ default: 'Shared' });
    expect(typeSchema(core('LocalObjectReference')).structType).toBe('atomic');
  });

  test('tells what Go writes: omitempty and pointers', () => {
    expect(typeSchema('io.k8s.api.apps.v1.DeploymentSpec').byName.get('replicas')).toMatchObject({ pointer: true, omitEmpty: true });
    expect(typeSchema('io.k8s.api.apps.v1.DeploymentSpec').byName.get('minReadySeconds')).toMatchObject({ pointer: false, omitEmpty: true });
    expect(typeSchema('io.k8s.api.rbac.v1.Role').byName.get('rules')).toMatchObject({ optional: true, omitEmpty: false });
  });
});

describe('applySchemaDefaults', () => {
  test('sets constants wherever their owner exists, and nothing else', () => {
    const pod = { spec: { containers: [{ name: 'a', ports: [{ containerPort: 80 }, { containerPort: 53, protocol: 'UDP' }] }], imagePullSecrets: [{}] } };
    applySchemaDefaults(pod, core('Pod'));
    expect(pod).toEqual({
      spec: { containers: [{ name: 'a', ports: [{ containerPort: 80, protocol: 'TCP' }, { containerPort: 53, protocol: 'UDP' }] }], imagePullSecrets: [{}] },
    });
  });

  test('a zero default is set only where absent and zero differ', () => {
    const probe = { grpc: { port: 1 } };
    applySchemaDefaults(probe, core('Probe'));
    expect(probe).toEqual({ grpc: { port: 1, service: '' } });
  });

  test('survives recursive types', () => {
    const schema = { openAPIV3Schema: { properties: { a: { properties: { b: {} } } } } };
    applySchemaDefaults(schema, 'io.k8s.apiextensions-apiserver.pkg.apis.apiextensions.v1.CustomResourceValidation');
    expect(schema).toEqual({ openAPIV3Schema: { properties: { a: { properties: { b: {} } } } } });
  });
});
