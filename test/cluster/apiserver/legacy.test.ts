import { legacyKinds } from '../../../src/kinds/legacy';
import { describeWithOracle } from '../../support/oracle';
import { startServer, type TestServer } from './support/server';


type Read = { apiVersion: string; metadata: { labels?: object; annotations?: object }; spec: Record<string, unknown> };

/** What --legacy-apis serves, to the real kubectl, which knows nothing of these versions but what discovery says. */
describeWithOracle('versions that Kubernetes gave up', () => {
  let server: TestServer;
  beforeAll(async () => {
    server = await startServer(legacyKinds);
  });
  afterAll(() => server.close());

  const template = { metadata: { labels: { app: 'web' } }, spec: { containers: [{ name: 'c', image: 'x' }] } };
  const create = (object: object) => server.kubectl(['create', '-f', '-'], JSON.stringify(object));
  const get = async (version: string, plural: string, name: string) => (await server.ask(`/apis/${version}/namespaces/default/${plural}/${name}`)).json as Read;

  test('a Deployment of extensions/v1beta1 gets the selector, the labels and the defaults of its time', async () => {
    expect(await create({ apiVersion: 'extensions/v1beta1', kind: 'Deployment', metadata: { name: 'web' }, spec: { template, rollbackTo: { revision: 3 } } })).toEqual({
      code: 0, stdout: 'deployment.extensions/web created\n',
      stderr: 'Warning: extensions/v1beta1 Deployment is deprecated in v1.8+, unavailable in v1.16+; use apps/v1 Deployment\n',
    });
    const stored = await get('apps/v1', 'deployments', 'web');
    expect(stored).toMatchObject({
      apiVersion: 'apps/v1', metadata: { labels: { app: 'web' }, annotations: { 'deprecated.deployment.rollback.to': '3' } },
      spec: { selector: { matchLabels: { app: 'web' } }, replicas: 1, progressDeadlineSeconds: 2147483647, revisionHistoryLimit: 2147483647, strategy: { rollingUpdate: { maxSurge: 1, maxUnavailable: 1 } } },
    });
    expect(stored.spec.template).toMatchObject({ spec: { restartPolicy: 'Always', terminationGracePeriodSeconds: 30 } });
    expect((await get('extensions/v1beta1', 'deployments', 'web')).spec.rollbackTo).toEqual({ revision: 3 });
    expect((await get('apps/v1beta2', 'deployments', 'web')).metadata.annotations).toEqual({ 'deprecated.deployment.rollback.to': '3' });
  });

  test('a DaemonSet of extensions/v1beta1 counts its templates in a field', async () => {
    await create({ apiVersion: 'extensions/v1beta1', kind: 'DaemonSet', metadata: { name: 'agent' }, spec: { template } });
    expect((await get('extensions/v1beta1', 'daemonsets', 'agent')).spec).toMatchObject({ templateGeneration: 1, updateStrategy: { type: 'OnDelete' } });
    expect((await get('apps/v1', 'daemonsets', 'agent')).metadata.annotations).toEqual({ 'deprecated.daemonset.template.generation': '1' });
  });

  test('an Ingress has its backends in two fields, in both old groups', async () => {
    const spec = { backend: { serviceName: 'rest', servicePort: 80 }, rules: [{ host: 'a.example', http: { paths: [{ path: '/', backend: { serviceName: 'web', servicePort: 'http' } }] } }] };
    const created = await create({ apiVersion: 'extensions/v1beta1', kind: 'Ingress', metadata: { name: 'in' }, spec });
    expect(created.stderr).toContain('Warning: extensions/v1beta1 Ingress is deprecated in v1.14+, unavailable in v1.22+; use networking.k8s.io/v1 Ingress\n');
    expect((await get('networking.k8s.io/v1', 'ingresses', 'in')).spec).toEqual({
      defaultBackend: { service: { name: 'rest', port: { number: 80 } } },
      rules: [{ host: 'a.example', http: { paths: [{ path: '/', pathType: 'ImplementationSpecific', backend: { service: { name: 'web', port: { name: 'http' } } } }] } }],
    });
    expect((await get('networking.k8s.io/v1beta1', 'ingresses', 'in')).spec).toEqual({ ...spec, rules: [{ host: 'a.example', http: { paths: [{ ...spec.rules[0]!.http.paths[0], pathType: 'ImplementationSpecific' }] } }] });
    expect((await server.kubectl(['get', 'ingresses.v1beta1.extensions', '--no-headers'])).stdout).toMatch(/^in +<none> +a\.example +80 +\d+s\n$/);
  });

  test('a webhook of admissionregistration.k8s.io/v1beta1 may do more than answer, and is heard less', async () => {
    const kind = 'ValidatingWebhookConfiguration';
    const webhooks = [{ name: 'a.example.com', clientConfig: { url: 'https://127.0.0.1:1/' } }];
    expect((await create({ apiVersion: 'admissionregistration.k8s.io/v1beta1', kind, metadata: { name: 'old' }, webhooks })).stderr).toBe(
      'Warning: admissionregistration.k8s.io/v1beta1 ValidatingWebhookConfiguration is deprecated in v1.16+, unavailable in v1.22+; use admissionregistration.k8s.io/v1 ValidatingWebhookConfiguration\n');
    const path = '/apis/admissionregistration.k8s.io/v1/validatingwebhookconfigurations/old';
    const stored = (await server.ask(path)).json as object;
    expect(stored).toMatchObject({ apiVersion: 'admissionregistration.k8s.io/v1', webhooks: [{ failurePolicy: 'Ignore', matchPolicy: 'Exact', sideEffects: 'Unknown', timeoutSeconds: 30, admissionReviewVersions: ['v1beta1'] }] });
    expect((await server.ask(path, { method: 'PUT', body: JSON.stringify(stored) })).code).toBe(200);
    expect((await create({ apiVersion: 'admissionregistration.k8s.io/v1', kind, metadata: { name: 'new' }, webhooks: [{ ...webhooks[0], sideEffects: 'Unknown', admissionReviewVersions: ['v1'] }] })).stderr)
      .toContain('webhooks[0].sideEffects: Unsupported value: "Unknown": supported values: "None", "NoneOnDryRun"');
  });

  test('an Event of events.k8s.io/v1beta1 needs less', async () => {
    await create({ apiVersion: 'events.k8s.io/v1beta1', kind: 'Event', metadata: { name: 'old', namespace: 'default' }, regarding: { kind: 'Pod', name: 'p', namespace: 'default' }, note: 'seen', type: 'Normal', reason: 'Seen' });
    expect((await server.ask('/api/v1/namespaces/default/events/old')).json).toMatchObject({ apiVersion: 'v1', involvedObject: { name: 'p' }, message: 'seen' });
    expect(await get('events.k8s.io/v1beta1', 'events', 'old')).toMatchObject({ apiVersion: 'events.k8s.io/v1beta1', note: 'seen' });
  });

  test('an empty selector of a PodDisruptionBudget means no pods', async () => {
    await create({ apiVersion: 'policy/v1beta1', kind: 'PodDisruptionBudget', metadata: { name: 'none' }, spec: { minAvailable: 1, selector: {} } });
    await create({ apiVersion: 'policy/v1', kind: 'PodDisruptionBudget', metadata: { name: 'all' }, spec: { minAvailable: 1, selector: {} } });
    const exists = (operator: string) => ({ matchExpressions: [{ key: 'pdb.kubernetes.io/deprecated-v1beta1-empty-selector-match', operator }] });
    expect((await get('policy/v1', 'poddisruptionbudgets', 'none')).spec.selector).toEqual(exists('Exists'));
    expect((await get('policy/v1beta1', 'poddisruptionbudgets', 'none')).spec.selector).toEqual({});
    expect((await get('policy/v1beta1', 'poddisruptionbudgets', 'all')).spec.selector).toEqual(exists('DoesNotExist'));
  });

  test('a HorizontalPodAutoscaler of v2beta1 has flat metrics, and behavior in an annotation', async () => {
    const metrics = [
      { type: 'Resource', resource: { name: 'cpu', targetAverageUtilization: 60 } }, { type: 'Pods', pods: { metricName: 'rps', targetAverageValue: '10' } },
      { type: 'External', external: { metricName: 'queue', metricSelector: { matchLabels: { q: 'a' } }, targetValue: '5' } },
    ];
    await create({ apiVersion: 'autoscaling/v2beta1', kind: 'HorizontalPodAutoscaler', metadata: { name: 'web' }, spec: { scaleTargetRef: { apiVersion: 'apps/v1', kind: 'Deployment', name: 'web' }, maxReplicas: 4, metrics } });
    expect((await get('autoscaling/v2', 'horizontalpodautoscalers', 'web')).spec).toMatchObject({ minReplicas: 1, metrics: [
      { resource: { name: 'cpu', target: { type: 'Utilization', averageUtilization: 60 } } }, { pods: { metric: { name: 'rps' }, target: { type: 'AverageValue', averageValue: '10' } } },
      { external: { metric: { name: 'queue', selector: { matchLabels: { q: 'a' } } }, target: { type: 'Value', value: '5' } } },
    ] });
    await server.kubectl(['patch', 'hpa', 'web', '--type=merge', '-p', '{"spec":{"behavior":{"scaleDown":{"stabilizationWindowSeconds":7}}}}']);
    const old = await get('autoscaling/v2beta1', 'horizontalpodautoscalers', 'web');
    expect(old.spec.metrics).toEqual(metrics);
    expect(old.metadata.annotations).toMatchObject({ 'autoscaling.alpha.kubernetes.io/behavior': expect.stringContaining('"StabilizationWindowSeconds":7') });
    expect((await get('autoscaling/v2beta2', 'horizontalpodautoscalers', 'web')).spec).toMatchObject({ behavior: { scaleDown: { stabilizationWindowSeconds: 7 } } });
  });

  test('an EndpointSlice of v1beta1 has zone and host in a map', async () => {
    const endpoints = [{ addresses: ['10.1.0.1'], nodeName: 'n', topology: { 'kubernetes.io/hostname': 'n', 'topology.kubernetes.io/zone': 'z', rack: '1' } }];
    const slice = { apiVersion: 'discovery.k8s.io/v1beta1', kind: 'EndpointSlice', metadata: { name: 'web' }, addressType: 'IPv4', endpoints, ports: [] };
    expect((await create(slice)).stderr).toBe('Warning: discovery.k8s.io/v1beta1 EndpointSlice is deprecated in v1.21+, unavailable in v1.25+; use discovery.k8s.io/v1 EndpointSlice\n');
    expect(await get('discovery.k8s.io/v1', 'endpointslices', 'web')).toMatchObject({ endpoints: [{ nodeName: 'n', zone: 'z', deprecatedTopology: { rack: '1' } }] });
    expect(await get('discovery.k8s.io/v1beta1', 'endpointslices', 'web')).toMatchObject({ endpoints });
  });

  test('apply, scale, explain and delete take them as they take others', async () => {
    const manifest = { apiVersion: 'apps/v1beta1', kind: 'StatefulSet', metadata: { name: 'db' }, spec: { serviceName: 'db', template } };
    expect((await server.kubectl(['apply', '-f', '-'], JSON.stringify(manifest))).stdout).toBe('statefulset.apps/db created\n');
    expect((await server.kubectl(['apply', '-f', '-'], JSON.stringify(manifest))).stdout).toBe('statefulset.apps/db unchanged\n');
    expect((await server.kubectl(['apply', '--server-side', '-f', '-', '--force-conflicts'], JSON.stringify({ ...manifest, spec: { ...manifest.spec, replicas: 2 } }))).stdout).toBe('statefulset.apps/db serverside-applied\n');
    expect((await server.kubectl(['scale', 'statefulsets.v1beta1.apps/db', '--replicas=3'])).stdout).toBe('statefulset.apps/db scaled\n');
    expect((await get('apps/v1', 'statefulsets', 'db')).spec).toMatchObject({ replicas: 3, updateStrategy: { type: 'OnDelete' } });
    expect((await server.kubectl(['explain', 'ingress.spec.backend.serviceName', '--api-version=extensions/v1beta1'])).stdout).toContain('FIELD: serviceName <string>');
    expect((await server.kubectl(['delete', '-f', '-'], JSON.stringify(manifest))).stdout).toBe('statefulset.apps "db" deleted\n');
  });

  test('what is wrong is named by the paths of today, as upstream does', async () => {
    const { stderr } = await create({ apiVersion: 'networking.k8s.io/v1beta1', kind: 'Ingress', metadata: { name: 'bad' }, spec: { backend: { serviceName: 'A!', servicePort: 80 } } });
    expect(stderr).toContain('spec.defaultBackend.service.name: Invalid value: "A!"');
  });

  test('a name alone means the version of today', async () => {
    expect((await server.kubectl(['get', 'deployments', '-o', 'jsonpath={.items[0].apiVersion}'])).stdout).toBe('apps/v1');
    expect((await server.kubectl(['api-resources', '--api-group=extensions', '-o', 'name'])).stdout.trim().split('\n')).toEqual(
      ['daemonsets', 'deployments', 'ingresses', 'networkpolicies', 'replicasets'].map((name) => `${name}.extensions`));
  });
});
