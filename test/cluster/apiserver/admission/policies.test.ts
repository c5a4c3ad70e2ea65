import type { KubeObject } from '../../../../src/api/meta';
import type { Resource } from '../../../../src/client/client';
import { inProcessClient } from '../../../../src/cluster/daemon/in-process-client';
import { admin, core, failure, namespaces, testRegistry } from '../support/registry';

const registration = (plural: string): Resource => ({ group: 'admissionregistration.k8s.io', version: 'v1', plural, namespaced: false });
const policies = registration('validatingadmissionpolicies');
const bindings = registration('validatingadmissionpolicybindings');
const configMaps = core('configmaps');
const forConfigMaps = { apiGroups: [''], apiVersions: ['v1'], operations: ['CREATE', 'UPDATE', 'DELETE'], resources: ['configmaps'] };

async function cluster() {
  const { client, registry, verbs, context, warnings } = await testRegistry();
  const annotations: [string, string][] = [];
  let count = 0;
  const kind = registry.kinds.find({ group: '', version: 'v1', resource: 'configmaps' })!;
  return {
    client, registry, warnings, annotations,
    policy: (name: string, spec: object) =>
      client.create(policies, { metadata: { name }, spec: { matchConstraints: { resourceRules: [forConfigMaps] }, ...spec } } as unknown as KubeObject),
    binding: (name: string, policyName: string, spec: object = {}) =>
      client.create(bindings, { metadata: { name }, spec: { policyName, validationActions: ['Deny'], ...spec } } as unknown as KubeObject),
    create: (more: object = {}, metadata: object = {}, namespace = 'default') => verbs.createEntry(registry, kind, namespace,
      { kind: 'ConfigMap', apiVersion: 'v1', metadata: { name: `m${count++}`, ...metadata }, ...more } as never,
      { ...context, annotate: (key: string, value: string) => void annotations.push([key, value]) }),
  };
}

test('a policy is in force once it is bound, and refuses in its own words', async () => {
  const { policy, binding, create } = await cluster();
  await policy('small', { validations: [{ expression: '!has(object.data) || object.data.size() < 2', messageExpression: '"at most one entry, not " + string(object.data.size())', message: 'too many' }] });
  const two = { data: { a: '1', b: '2' } };
  await create(two);
  await binding('everywhere', 'small');
  await create();
  const text = "ValidatingAdmissionPolicy 'small' with binding 'everywhere' denied request: at most one entry, not 2";
  const refused = await create(two, { name: 'two' }).catch((error: unknown) => error);
  expect(refused).toMatchObject({ status: {
    status: 'Failure', reason: 'Invalid', code: 422, message: `configmaps "two" is forbidden: ${text}`, details: { name: 'two', kind: 'configmaps', causes: [{ message: text }] },
  } });
});

test.each<[string, object, string]>([
  ['the expression', { expression: ' object.metadata.name == "x" ' }, '422 Invalid: .*: failed expression: object.metadata.name == "x"$'],
  ['a message', { expression: 'false', message: ' so ', messageExpression: '"a\\nb"' }, '422 Invalid: .*: so$'],
  ['a reason', { expression: 'false', message: 'so', reason: 'Forbidden' }, '403 Forbidden: .*: so$'],
  ['an error', { expression: 'object.nothing == 1' }, "422 Invalid: .*: expression 'object.nothing == 1' resulted in error: no such key: nothing$"],
  ['a costly expression', { expression: `[${[...Array(60).keys()]}].all(a, [${[...Array(60).keys()]}].all(b, [${[...Array(60).keys()]}].all(c, [${[...Array(60).keys()]}].all(d, a + b + c + d >= 0))))` },
    '422 Invalid: .* resulted in error: operation cancelled: actual cost limit exceeded$'],
])('a refusal tells %s', async (_, validation, expected) => {
  const { policy, binding, create } = await cluster();
  await policy('p', { validations: [validation] });
  await binding('b', 'p');
  expect(await failure(create)).toMatch(new RegExp(expected, 's'));
});

test('warns, and notes for the audit log', async () => {
  const { policy, binding, create, warnings, annotations } = await cluster();
  await policy('p', {
    validations: [{ expression: 'true' }, { expression: 'false', message: 'no' }],
    auditAnnotations: [{ key: 'who', valueExpression: 'request.userInfo.username' }, { key: 'never', valueExpression: 'null' }],
  });
  await binding('b', 'p', { validationActions: ['Warn', 'Audit'] });
  await create();
  expect(warnings).toEqual(["Validation failed for ValidatingAdmissionPolicy 'p' with binding 'b': no"]);
  expect(annotations).toEqual([
    ['validation.policy.admission.k8s.io/validation_failure', JSON.stringify([{ message: 'no', policy: 'p', binding: 'b', expressionIndex: 1, validationActions: ['Warn', 'Audit'] }])],
    ['p/who', 'admin'],
  ]);
});

test('variables are evaluated once, when they are asked for', async () => {
  const { policy, binding, create } = await cluster();
  await policy('p', {
    variables: [
      { name: 'broken', expression: 'object.nothing' }, { name: 'labels', expression: 'has(object.metadata.labels) ? object.metadata.labels : {}' },
      { name: 'team', expression: '"team" in variables.labels ? variables.labels.team : "none"' },
    ],
    validations: [{ expression: 'variables.team == "a"', messageExpression: '"team " + variables.team' }],
  });
  await binding('b', 'p');
  await create({}, { labels: { team: 'a' } });
  expect(await failure(create)).toMatch(/: team none$/);
  await policy('q', { variables: [{ name: 'broken', expression: 'object.nothing' }], validations: [{ expression: 'variables.broken' + ' == 1' }] });
  await binding('c', 'q');
  expect(await failure(() => create({}, { labels: { team: 'a' } }))).toMatch(/resulted in error: composited variable "broken" fails to evaluate: no such key: nothing$/);
});

test('sees the request, its namespace, what was before, and who may do what', async () => {
  const { client, registry, policy, binding, create } = await cluster();
  await client.create(namespaces, { metadata: { name: 'prod', labels: { env: 'prod' } } });
  await policy('env', { validations: [{ expression: "!('env' in namespaceObject.metadata.labels) || namespaceObject.metadata.labels.env != 'prod'", message: 'not in prod' }] });
  await binding('b', 'env');
  await create();
  expect(await failure(() => create({}, {}, 'prod'))).toMatch(/not in prod$/);
  await client.delete(bindings, 'b');
  await policy('rest', { validations: [
    { expression: "request.operation != 'DELETE' || object == null", message: 'object' },
    { expression: "request.operation != 'UPDATE' || oldObject.data.a == '1'", message: 'old' },
    { expression: "request.resource.resource == 'configmaps' && request.kind.kind == 'ConfigMap' && !request.dryRun && request.namespace == 'default'", message: 'request' },
    { expression: "authorizer.requestResource.check('create').allowed() && !authorizer.serviceAccount('default', 'x').requestResource.check('create').allowed()", message: 'may' },
  ].slice(0, 3).concat([{ expression: "authorizer.requestResource.check('create').allowed() && !authorizer.serviceAccount('default', 'x').group('').resource('configmaps').check('create').allowed()", message: 'may' }]) });
  await binding('c', 'rest');
  await create({ data: { a: '1' } }, { name: 'known' });
  const known = await client.get(configMaps, 'known', 'default');
  await client.update(configMaps, { ...known, data: { a: '2' } } as KubeObject);
  const weak = inProcessClient(registry, { name: 'weak', groups: [] });
  expect(await failure(() => weak.create(configMaps, { metadata: { name: 'w', namespace: 'default' } }))).toMatch(/denied request: may$/);
  await client.update(configMaps, { ...await client.get(configMaps, 'known', 'default'), data: { a: '1' } } as KubeObject).catch((error: Error) => expect(error.message).toMatch(/: old$/));
  await client.delete(configMaps, 'known', 'default');
});

describe('conditions', () => {
  test('leave requests out', async () => {
    const { policy, binding, create } = await cluster();
    await policy('p', { matchConditions: [{ name: 'broken', expression: 'object.nothing' + ' == 1' }, { name: 'named', expression: 'object.metadata.name.startsWith("x")' }], validations: [{ expression: 'false', message: 'no' }] });
    await binding('b', 'p');
    await create();
    expect(await failure(() => create({}, { name: 'x' }))).toMatch(/^422 Invalid: .* denied request: expression 'object.nothing == 1' resulted in error: no such key: nothing$/);
  });

  test('are skipped where failures are ignored', async () => {
    const { policy, binding, create } = await cluster();
    await policy('p', { failurePolicy: 'Ignore', matchConditions: [{ name: 'broken', expression: 'object.nothing == 1' }], validations: [{ expression: 'false' }] });
    await policy('q', { failurePolicy: 'Ignore', validations: [{ expression: 'object.nothing == 1' }] });
    for (const name of ['p', 'q']) await binding(name, name);
    await create();
  });
});

describe('parameters', () => {
  const limits = { paramKind: { apiVersion: 'v1', kind: 'ConfigMap' }, matchConditions: [{ name: 'others', expression: "object != null && (!has(object.metadata.labels) || !('param' in object.metadata.labels))" }],
    validations: [{ expression: 'params == null || object.metadata.name.size() <= int(params.data.max)', messageExpression: 'string(params.metadata.name)' }] };
  const param = (name: string, max: number) => ({ metadata: { name, namespace: 'default', labels: { param: 'yes' } }, data: { max: String(max) } } as KubeObject);

  test('by name', async () => {
    const { client, policy, binding, create } = await cluster();
    await policy('p', limits);
    await client.create(configMaps, param('limit', 3));
    await binding('b', 'p', { paramRef: { name: 'limit', namespace: 'default', parameterNotFoundAction: 'Deny' } });
    await create({}, { name: 'abc' });
    expect(await failure(() => create({}, { name: 'abcd' }))).toMatch(/denied request: limit$/);
    await client.delete(configMaps, 'limit', 'default');
    expect(await failure(create)).toMatch(/denied request: failed to configure binding: no params found for policy binding with `Deny` parameterNotFoundAction$/);
  });

  test('by selector, in the namespace of the request', async () => {
    const { client, policy, binding, create } = await cluster();
    await policy('p', limits);
    await binding('b', 'p', { paramRef: { selector: { matchLabels: { param: 'yes' } }, parameterNotFoundAction: 'Allow' } });
    await create({}, { name: 'abcdef' });
    await client.create(configMaps, param('five', 5));
    await client.create(configMaps, param('three', 3));
    expect(await failure(() => create({}, { name: 'abcd' }))).toMatch(/denied request: three$/);
    await client.create(namespaces, { metadata: { name: 'other' } });
    await create({}, { name: 'abcd' }, 'other');
  });

  test('of a kind that is not served', async () => {
    const { policy, binding, create } = await cluster();
    await policy('p', { ...limits, paramKind: { apiVersion: 'a.b/v1', kind: 'C' }, matchConditions: [] });
    await binding('b', 'p', { paramRef: { name: 'x', parameterNotFoundAction: 'Allow' } });
    expect(await failure(() => create({}, { name: 'n' })))
      .toBe(`422 Invalid: configmaps "n" is forbidden: ValidatingAdmissionPolicy 'p' denied request: failed to configure policy: failed to find resource referenced by paramKind: 'a.b/v1, Kind=C'`);
  });

  test('are for those who may read them', async () => {
    const { registry, policy } = await cluster();
    const weak = inProcessClient(registry, { name: 'weak', groups: ['dev'] });
    const spec = { matchConstraints: { resourceRules: [forConfigMaps] }, ...limits };
    expect(await failure(() => weak.create(policies, { metadata: { name: 'p' }, spec } as unknown as KubeObject))).toBe(
      '422 Invalid: ValidatingAdmissionPolicy.admissionregistration.k8s.io "p" is invalid: spec.paramKind: Forbidden: user &{weak  [dev] map[]} must have "get" permission on all objects of the referenced paramKind (kind=ConfigMap, apiVersion=v1)');
    await policy('p', limits);
    const bound = { policyName: 'p', validationActions: ['Deny'], paramRef: { name: 'x', parameterNotFoundAction: 'Deny' } };
    expect(await failure(() => weak.create(bindings, { metadata: { name: 'b' }, spec: bound } as unknown as KubeObject)))
      .toMatch(/spec.paramRef: Forbidden: user get does not have "&\{weak {2}\[dev\] map\[\]\}" permission on the object referenced by paramRef$/);
    await inProcessClient(registry, admin).create(bindings, { metadata: { name: 'b' }, spec: bound } as unknown as KubeObject);
  });
});

test('resource names, exclusions and selectors narrow it down; policies themselves are exempt', async () => {
  const { client, policy, binding, create } = await cluster();
  await client.create(namespaces, { metadata: { name: 'free', labels: { free: 'yes' } } });
  const never = [{ expression: 'false', message: 'no' }];
  await policy('named', { matchConstraints: { resourceRules: [{ ...forConfigMaps, resourceNames: ['a', 'b'] }], excludeResourceRules: [{ ...forConfigMaps, resourceNames: ['b'] }] }, validations: never });
  await policy('all', { matchConstraints: { resourceRules: [{ apiGroups: ['*'], apiVersions: ['*'], operations: ['*'], resources: ['*'] }] }, validations: never });
  await binding('b', 'named', { matchResources: { namespaceSelector: { matchExpressions: [{ key: 'free', operator: 'DoesNotExist' }] } } });
  await create({}, { name: 'b' });
  await create({}, { name: 'c' });
  await create({}, { name: 'a' }, 'free');
  expect(await failure(() => create({}, { name: 'a' }))).toMatch(/no$/);
  await binding('c', 'all');
  expect(await failure(() => create({}, { name: 'd' }))).toMatch(/no$/);
  await client.delete(bindings, 'c');
  await create({}, { name: 'd' });
});
