import { openApiV2, openApiV3, openApiV3Index, type Descriptions, type OpenApiKind } from '../../../src/api/openapi';

const deployment: OpenApiKind = {
  group: 'apps', version: 'v1', kind: 'Deployment', plural: 'deployments', namespaced: true, schema: 'io.k8s.api.apps.v1.Deployment', subresources: ['status', 'scale'],
};
const pod: OpenApiKind = {
  group: '', version: 'v1', kind: 'Pod', plural: 'pods', namespaced: true, schema: 'io.k8s.api.core.v1.Pod', subresources: ['status', 'log', 'exec', 'binding'],
};
const namespace: OpenApiKind = {
  group: '', version: 'v1', kind: 'Namespace', plural: 'namespaces', namespaced: false, schema: 'io.k8s.api.core.v1.Namespace', verbs: ['create', 'get', 'list', 'watch'],
};
const descriptions: Descriptions = { 'io.k8s.api.core.v1.Container': ['A container.', { name: 'Its name.', imagePullPolicy: 'When to pull.' }] };
const kinds = [deployment, pod, namespace];

interface Document { paths: Record<string, Record<string, object>>; components: { schemas: Record<string, { properties: Record<string, object> }> }; definitions: Record<string, { properties: Record<string, object> }> }
const document = (groupVersion: string, of = kinds) => openApiV3(groupVersion, of, descriptions) as unknown as Document;

describe('the index', () => {
  test('lists what is served; a hash changes with the kinds of its document alone', () => {
    const before = openApiV3Index(kinds, 'v1').paths;
    expect(Object.keys(before)).toEqual(['api/v1', 'apis/apps/v1']);
    expect(before['apis/apps/v1']!.serverRelativeURL).toMatch(/^\/openapi\/v3\/apis\/apps\/v1\?hash=[0-9A-F]{64}$/);
    const after = openApiV3Index([...kinds, { ...pod, kind: 'Service', plural: 'services' }], 'v1').paths;
    expect(after['api/v1']).not.toEqual(before['api/v1']);
    expect(after['apis/apps/v1']).toEqual(before['apis/apps/v1']);
  });
});

describe('a document', () => {
  test('there is none where nothing is served', () => {
    expect(openApiV3('batch/v1', kinds, descriptions)).toBeUndefined();
  });

  test('paths with verbs, actions and kinds', () => {
    const { paths } = document('apps/v1');
    expect(Object.keys(paths)).toEqual([
      '/apis/apps/v1/deployments', '/apis/apps/v1/namespaces/{namespace}/deployments', '/apis/apps/v1/namespaces/{namespace}/deployments/{name}',
      '/apis/apps/v1/namespaces/{namespace}/deployments/{name}/scale', '/apis/apps/v1/namespaces/{namespace}/deployments/{name}/status',
    ]);
    expect(paths['/apis/apps/v1/namespaces/{namespace}/deployments/{name}']!.patch).toMatchObject({
      operationId: 'patchAppsV1NamespacedDeployment', 'x-kubernetes-action': 'patch',
      'x-kubernetes-group-version-kind': { group: 'apps', kind: 'Deployment', version: 'v1' },
      parameters: expect.arrayContaining([expect.objectContaining({ in: 'query', name: 'fieldValidation' })]),
      requestBody: { content: { 'application/strategic-merge-patch+json': {} } },
    });
    expect(paths['/apis/apps/v1/namespaces/{namespace}/deployments/{name}/scale']!.get)
      .toMatchObject({ 'x-kubernetes-group-version-kind': { group: 'autoscaling', kind: 'Scale', version: 'v1' } });
  });

  test('only the verbs that a kind has', () => {
    const { paths } = document('v1');
    expect(Object.keys(paths['/api/v1/namespaces']!)).toEqual(['parameters', 'post', 'get']);
    expect(Object.keys(paths['/api/v1/namespaces/{name}']!)).toEqual(['parameters', 'get']);
    expect(paths['/api/v1/namespaces/{namespace}/pods/{name}/exec']!.post).toMatchObject({ operationId: 'connectCoreV1PostNamespacedPodExec', 'x-kubernetes-action': 'connect' });
  });

  test('definitions carry types, defaults, lists, patches and descriptions', () => {
    const { schemas } = document('apps/v1').components;
    const container = schemas['io.k8s.api.core.v1.Container']!;
    expect(container).toMatchObject({ description: 'A container.', required: ['name'], type: 'object' });
    expect(container.properties).toMatchObject({
      name: { default: '', description: 'Its name.', type: 'string' },
      imagePullPolicy: { description: 'When to pull.\n\nPossible enum values:\n - `"Always"`\n - `"IfNotPresent"`\n - `"Never"`', enum: ['Always', 'IfNotPresent', 'Never'], type: 'string' },
      ports: {
        items: { allOf: [{ $ref: '#/components/schemas/io.k8s.api.core.v1.ContainerPort' }], default: {} }, type: 'array',
        'x-kubernetes-list-map-keys': ['containerPort', 'protocol'], 'x-kubernetes-list-type': 'map',
        'x-kubernetes-patch-merge-key': 'containerPort', 'x-kubernetes-patch-strategy': 'merge',
      },
      resources: { allOf: [{ $ref: '#/components/schemas/io.k8s.api.core.v1.ResourceRequirements' }], default: {} },
      livenessProbe: { $ref: '#/components/schemas/io.k8s.api.core.v1.Probe' },
    });
    expect(schemas['io.k8s.api.apps.v1.DeploymentList']).toMatchObject({ 'x-kubernetes-group-version-kind': [{ group: 'apps', kind: 'DeploymentList', version: 'v1' }] });
    expect(schemas['io.k8s.api.core.v1.LocalObjectReference']).toMatchObject({ 'x-kubernetes-map-type': 'atomic' });
  });

  test('every reference has its definition', () => {
    for (const groupVersion of ['v1', 'apps/v1']) {
      const { components, paths } = document(groupVersion);
      const references = [...JSON.stringify({ components, paths }).matchAll(/#\/components\/schemas\/([^"]+)/g)].map(([, key]) => key!);
      expect(references.filter((key) => !components.schemas[key])).toEqual([]);
    }
  });

  test('a custom resource brings its own definition', () => {
    const custom: OpenApiKind = {
      group: 'example.com', version: 'v1', kind: 'Foo', plural: 'foos', namespaced: true, schema: 'com.example.v1.Foo',
      definition: { description: 'A foo.', properties: { spec: { type: 'object', properties: { size: { type: 'integer' } } } } },
    };
    const { schemas } = document('example.com/v1', [custom]).components;
    expect(schemas['com.example.v1.Foo']).toMatchObject({
      description: 'A foo.', type: 'object', properties: { metadata: { allOf: [{ $ref: '#/components/schemas/io.k8s.apimachinery.pkg.apis.meta.v1.ObjectMeta' }] } },
      'x-kubernetes-group-version-kind': [{ group: 'example.com', kind: 'Foo', version: 'v1' }],
    });
    expect(schemas['com.example.v1.FooList']).toMatchObject({ required: ['items'] });
    const described = openApiV3('example.com/v1', [custom], { 'io.k8s.api.core.v1.Pod': ['', { kind: 'What it is.', metadata: 'Of all objects.' }] }) as unknown as Document;
    expect(described.components.schemas['com.example.v1.Foo']!.properties).toMatchObject({ kind: { description: 'What it is.' }, metadata: { description: 'Of all objects.' } });
  });
});

describe('version 2', () => {
  test('is one document of everything, with bare references and no defaults', () => {
    const { paths, definitions } = openApiV2(kinds, descriptions) as unknown as Document;
    expect(paths['/api/v1/namespaces/{namespace}/pods']!.post).toMatchObject({
      parameters: [{ in: 'body', name: 'body', required: true, schema: { $ref: '#/definitions/io.k8s.api.core.v1.Pod' } }, { name: 'dryRun', type: 'string' }, { name: 'fieldManager' }, { name: 'fieldValidation' }],
    });
    const { properties } = definitions['io.k8s.api.core.v1.Container']!;
    expect(properties.resources).toEqual({ $ref: '#/definitions/io.k8s.api.core.v1.ResourceRequirements' });
    expect(properties.name).toEqual({ description: 'Its name.', type: 'string' });
    expect(definitions['io.k8s.apimachinery.pkg.util.intstr.IntOrString']).toMatchObject({ format: 'int-or-string', type: 'string' });
    expect(definitions['io.k8s.apiextensions-apiserver.pkg.apis.apiextensions.v1.JSONSchemaProps']).toBeUndefined();
  });
});
