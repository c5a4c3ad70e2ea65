import { decodeObject, normalise } from '../../../src/api/decode';
import { isApiError } from '../../../src/api/errors';

const pod = 'io.k8s.api.core.v1.Pod';
const deployment = 'io.k8s.api.apps.v1.Deployment';
const json = (body: string | object, key?: string) =>
  decodeObject(Buffer.from(typeof body === 'string' ? body : JSON.stringify(body)), 'json', key);

/** The Status message of a decoding that fails. */
function failure(body: string | object, key?: string): string {
  try {
    json(body, key);
  } catch (error) {
    if (isApiError(error) && error.code === 400) return error.message;
    throw error;
  }
  return 'decoded';
}

describe('what a server stores and returns', () => {
  test('a minimal pod, in Go order, with the empty values that Go writes', () => {
    const { object, problems } = json({ metadata: { name: 'a' }, spec: { containers: [{ image: 'x', name: 'c' }] }, kind: 'Pod', apiVersion: 'v1' }, pod);
    expect(problems).toEqual([]);
    expect(JSON.stringify(object)).toBe(
      '{"kind":"Pod","apiVersion":"v1","metadata":{"name":"a","creationTimestamp":null},"spec":{"containers":[{"name":"c","image":"x","resources":{}}]},"status":{}}');
  });

  test('a minimal deployment', () => {
    const { object } = json({ apiVersion: 'apps/v1', kind: 'Deployment', metadata: { name: 'a' }, spec: { replicas: 0, minReadySeconds: 0, selector: null, template: {} } }, deployment);
    expect(JSON.stringify(object)).toBe(
      '{"kind":"Deployment","apiVersion":"apps/v1","metadata":{"name":"a","creationTimestamp":null},'
      + '"spec":{"replicas":0,"selector":null,"template":{"metadata":{"creationTimestamp":null},"spec":{"containers":null}},"strategy":{}},"status":{}}');
  });

  test.each([
    ['1000m', '1'], ['0.5', '500m'], [0.5, '500m'], [2, '2'], ['1.5Gi', '1536Mi'], ['1e3', '1e3'], [' 1 ', '1'], [null, '0'],
  ])('the quantity %p is %p', (given, canonical) => {
    const { object } = json({ spec: { containers: [{ name: 'c', resources: { limits: { cpu: given } } }] } }, pod);
    expect(object).toMatchObject({ spec: { containers: [{ resources: { limits: { cpu: canonical } } }] } });
  });

  test.each([
    ['2026-01-31T12:00:00Z', '2026-01-31T12:00:00Z'],
    ['2026-01-31T12:00:00.987Z', '2026-01-31T12:00:00Z'],
    ['2026-01-31T12:00:00+02:30', '2026-01-31T09:30:00Z'],
    ['0001-01-01T00:00:00Z', null],
  ])('the time %p is %p', (given, canonical) => {
    expect(json({ metadata: { creationTimestamp: given } }, pod).object.metadata.creationTimestamp).toBe(canonical);
  });

  test('micro-times keep six digits, bytes are canonical base64, maps are sorted', () => {
    expect(json({ spec: { renewTime: '2026-01-31T12:00:00.123456+01:00' } }, 'io.k8s.api.coordination.v1.Lease').object)
      .toMatchObject({ spec: { renewTime: '2026-01-31T11:00:00.123456Z' } });
    const secret = json({ data: { b: 'YR==', a: 'YWJj\n', n: null }, stringData: {} }, 'io.k8s.api.core.v1.Secret').object;
    expect(JSON.stringify(secret.data)).toBe('{"a":"YWJj","b":"YQ==","n":""}');
    expect(secret).not.toHaveProperty('stringData');
  });

  test('lists: empty and null are null where Go has no omitempty, and absent elsewhere', () => {
    expect(json({ rules: [] }, 'io.k8s.api.rbac.v1.Role').object.rules).toBeNull();
    expect(json({ items: [] }, 'io.k8s.api.core.v1.PodList').object.items).toEqual([]);
    expect(json({ spec: { containers: [], tolerations: [] } }, pod).object.spec).toEqual({ containers: null });
    expect(json({ spec: { containers: [null] } }, pod).object.spec).toEqual({ containers: [{ name: '', resources: {} }] });
  });

  test('int-or-string, and a value type of it that is never left out', () => {
    const port = (ports: object) => (json({ spec: { ports: [ports] } }, 'io.k8s.api.core.v1.Service').object.spec as { ports: object[] }).ports[0];
    expect(port({ port: 80, targetPort: 'http' })).toEqual({ port: 80, targetPort: 'http' });
    expect(port({ port: 80 })).toEqual({ port: 80, targetPort: 0 });
  });

  test('normalising twice changes nothing', () => {
    const once = normalise({ metadata: { name: 'a' }, spec: { containers: [{ resources: { requests: { memory: '1024Mi' } } }] } }, pod);
    expect(normalise(structuredClone(once), pod)).toEqual(once);
  });

  test('a key named __proto__ is data', () => {
    const { object } = json('{"data":{"__proto__":"x","a":"y"}}', 'io.k8s.api.core.v1.ConfigMap');
    expect(JSON.stringify(object.data)).toBe('{"__proto__":"x","a":"y"}');
  });
});

describe('strict decoding errors', () => {
  test('unknown and duplicate fields, in document order, each once', () => {
    const body = '{"zz":1,"spec":{"replicas":1,"replicas":2,"foo":{"bar":1},"template":{"spec":{"containers":[{"x":1},{"x":1,"Image":"a"}]}}},'
      + '"metadata":{"labels":{"a":"1","a":"2"}}}';
    const { object, problems } = json(body, deployment);
    expect(problems).toEqual([
      'unknown field "zz"', 'duplicate field "spec.replicas"', 'unknown field "spec.foo"',
      'unknown field "spec.template.spec.containers[0].x"', 'unknown field "spec.template.spec.containers[1].x"',
      'unknown field "spec.template.spec.containers[1].Image"', 'duplicate field "metadata.labels.a"',
    ]);
    expect(object).toMatchObject({ spec: { replicas: 2 }, metadata: { labels: { a: '2' } } });
    expect(object).not.toHaveProperty('zz');
  });

  test('without a schema only duplicates are problems, and everything is kept', () => {
    const { object, problems } = json('{"kind":"Foo","spec":{"a":{"b":1,"b":2.50},"c":[{"d":1,"d":1e2}]}}');
    expect(object).toEqual({ kind: 'Foo', spec: { a: { b: 2.5 }, c: [{ d: 100 }] } });
    expect(problems).toEqual(['duplicate field "spec.a.b"', 'duplicate field "spec.c[0].d"']);
  });
});

describe('what cannot be decoded', () => {
  const as = (kind: string, version = 'v1') => `${kind} in version "${version}" cannot be handled as a ${kind}: `;

  test.each<[string, object, string, string]>([
    ['a string for an int32', { spec: { replicas: 'three' } }, deployment,
      'json: cannot unmarshal string into Go struct field DeploymentSpec.spec.replicas of type int32'],
    ['a fraction for an int32', { spec: { replicas: 1.5 } }, deployment,
      'json: cannot unmarshal number 1.5 into Go struct field DeploymentSpec.spec.replicas of type int32'],
    ['too much for an int32', { spec: { replicas: 2147483648 } }, deployment,
      'json: cannot unmarshal number 2147483648 into Go struct field DeploymentSpec.spec.replicas of type int32'],
    ['a number for a label', { metadata: { labels: { a: 1 } } }, deployment,
      'json: cannot unmarshal number into Go struct field ObjectMeta.metadata.labels of type string'],
    ['a string for a list', { spec: { template: { spec: { containers: 'x' } } } }, deployment,
      'json: cannot unmarshal string into Go struct field PodSpec.spec.template.spec.containers of type []v1.Container'],
    ['a list for a struct', { spec: [] }, deployment,
      'json: cannot unmarshal array into Go struct field Deployment.spec of type v1.DeploymentSpec'],
    ['a bool for a named string', { spec: { template: { spec: { restartPolicy: true } } } }, deployment,
      'json: cannot unmarshal bool into Go struct field PodSpec.spec.template.spec.restartPolicy of type v1.RestartPolicy'],
    ['a string for a named map', { spec: { template: { spec: { containers: [{ resources: { limits: 'x' } }] } } } }, deployment,
      'json: cannot unmarshal string into Go struct field ResourceRequirements.spec.template.spec.containers.resources.limits of type v1.ResourceList'],
    ['a bool for an int-or-string', { spec: { strategy: { rollingUpdate: { maxSurge: true } } } }, deployment,
      'json: cannot unmarshal bool into Go struct field RollingUpdateDeployment.spec.strategy.rollingUpdate.maxSurge of type int32'],
    ['a number for a time', { metadata: { creationTimestamp: 5 } }, deployment,
      'json: cannot unmarshal number into Go struct field ObjectMeta.metadata.creationTimestamp of type string'],
    ['the first of several', { spec: { paused: 1, replicas: 'x' } }, deployment,
      'json: cannot unmarshal number into Go struct field DeploymentSpec.spec.paused of type bool'],
    ['a bad quantity', { spec: { template: { spec: { containers: [{ resources: { limits: { cpu: 'x' } } }] } } } }, deployment,
      "quantities must match the regular expression '^([+-]?[0-9.]+)([eEinumkKMGTP]*[-+]?[0-9]*)$'"],
    ['a bad time', { metadata: { creationTimestamp: 'yesterday' } }, deployment,
      'parsing time "yesterday" as "2006-01-02T15:04:05Z07:00": cannot parse "yesterday" as "2006"'],
    ['a thirteenth month', { metadata: { creationTimestamp: '2026-13-01T00:00:00Z' } }, deployment,
      'parsing time "2026-13-01T00:00:00Z": month out of range'],
    ['a thirtieth of February', { metadata: { creationTimestamp: '2026-02-30T00:00:00Z' } }, deployment,
      'parsing time "2026-02-30T00:00:00Z": day out of range'],
  ])('%s', (_, body, key, why) => {
    expect(failure({ apiVersion: 'apps/v1', kind: 'Deployment', ...body }, key)).toBe(as('Deployment') + why);
  });

  test('the kind and version that the body names come first', () => {
    expect(failure({ apiVersion: 'apps/v1beta1', kind: 'Foo', spec: 1 }, deployment))
      .toBe('Foo in version "v1beta1" cannot be handled as a Deployment: json: cannot unmarshal number into Go struct field Deployment.spec of type v1.DeploymentSpec');
  });

  test('illegal base64 tells the offset', () => {
    expect(failure({ data: { a: 'YQ=' } }, 'io.k8s.api.core.v1.Secret')).toBe(as('Secret') + 'illegal base64 data at input byte 3');
    expect(failure({ data: { a: 'Y!Q=' } }, 'io.k8s.api.core.v1.Secret')).toBe(as('Secret') + 'illegal base64 data at input byte 1');
  });

  test('integers that would lose digits are refused by name, in typed and untyped objects', () => {
    const why = 'spec.activeDeadlineSeconds: the integer 9223372036854775807 is beyond ±9007199254740991, which is not supported';
    expect(failure('{"spec":{"activeDeadlineSeconds":9223372036854775807}}', pod)).toBe(as('Pod') + why);
    expect(failure('{"apiVersion":"a/v1","kind":"Foo","spec":{"activeDeadlineSeconds":9223372036854775807}}')).toBe(as('Foo') + why);
    expect(failure('{"spec":{"activeDeadlineSeconds":9223372036854775808}}', pod))
      .toBe(as('Pod') + 'json: cannot unmarshal number 9223372036854775808 into Go struct field PodSpec.spec.activeDeadlineSeconds of type int64');
    expect(json('{"spec":{"activeDeadlineSeconds":9007199254740991}}', pod).object.spec).toMatchObject({ activeDeadlineSeconds: 9007199254740991 });
  });

  test.each([
    ['', 'unexpected end of JSON input', '<empty>'],
    ['{"a":1', 'unexpected end of JSON input', '{"a":1'],
    ['{"a":1}}', "invalid character '}' after top-level value", '{"a":1}}'],
    ['{a:1}', "invalid character 'a' looking for beginning of object key string", '{a:1}'],
    ['{"a" 1}', "invalid character '1' after object key", '{"a" 1}'],
    ['{"a":1 "b"}', "invalid character '\"' after object key:value pair", '{"a":1 "b"}'],
    ['[1 2]', "invalid character '2' after array element", '5b3120325d'],
    ['{"a":tru}', "invalid character '}' in literal true (expecting 'e')", '{"a":tru}'],
    ['{"a":"\\x"}', "invalid character 'x' in string escape code", '{"a":"\\x"}'],
    ['{"a":01}', "invalid character '1' after object key:value pair", '{"a":01}'],
    ['{"a":1.}', "invalid character '}' after decimal point in numeric literal", '{"a":1.}'],
    ['{"a":-}', "invalid character '}' in numeric literal", '{"a":-}'],
    ['apiVersion: v1', "invalid character 'a' looking for beginning of value", '61706956657273696f6e3a207631'],
    ['{"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa', 'unexpected end of JSON input', '{"aaaaaaaaaaaaaaaaaaaaaaaaaaaa ...'],
    ['{"kind":5}', 'json: cannot unmarshal number into Go struct field .kind of type string', '{"kind":5}'],
  ])('%p', (body, why, summary) => {
    expect(failure(body, pod)).toBe(`the object provided is unrecognized (must be of type Pod): couldn't get version/kind; json parse error: ${why} (${summary})`);
  });

  test('nesting has a limit', () => {
    const nested = (depth: number) => `{"spec":${'['.repeat(depth)}${']'.repeat(depth)}}`;
    expect(failure(nested(900), pod)).not.toContain('max depth');
    expect(failure(nested(100_000), pod)).toContain("invalid character '[' exceeded max depth");
    const crd = (depth: number) => `{"spec":{"versions":[{"schema":{"openAPIV3Schema":${'{"properties":{"a":'.repeat(depth)}{}${'}}'.repeat(depth)}}}]}}`;
    expect(json(crd(490), 'io.k8s.apiextensions-apiserver.pkg.apis.apiextensions.v1.CustomResourceDefinition').problems).toEqual([]);
  });
});

describe('YAML bodies', () => {
  const yaml = (text: string, key?: string) => decodeObject(Buffer.from(text), 'yaml', key);

  test('are read in kubectl\'s dialect into the same form', () => {
    const { object, problems } = yaml('apiVersion: v1\nkind: Pod\nmetadata: {name: a}\nspec:\n  hostNetwork: yes\n  foo: 1\n  containers: []\n', pod);
    expect(object).toEqual({ kind: 'Pod', apiVersion: 'v1', metadata: { name: 'a', creationTimestamp: null }, spec: { hostNetwork: true, containers: null }, status: {} });
    expect(problems).toEqual(['unknown field "spec.foo"']);
  });

  test('keep every digit or are refused', () => {
    expect(yaml('kind: Foo\nspec: {a: 9007199254740991}').object).toEqual({ kind: 'Foo', spec: { a: 9007199254740991 } });
    expect(() => yaml('kind: Foo\nspec: {a: 9007199254740993}')).toThrow('spec.a: the integer 9007199254740993 is beyond');
  });

  test('that are none are bad requests', () => {
    expect(() => yaml('- a')).toThrow(/json parse error: json: cannot unmarshal array into Go value of type struct/);
    expect(() => yaml('a: [', pod)).toThrow(/^the object provided is unrecognized \(must be of type Pod\): error converting YAML to JSON: yaml: .* \(613a205b\)$/);
  });
});
