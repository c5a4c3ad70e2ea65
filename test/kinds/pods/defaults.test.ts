import { pod } from '../../../src/kinds/core/pod/kind';
import { deployment } from '../../../src/kinds/apps/deployment/kind';
import { defaulted, created } from '../create';

const podOf = (spec: object) => created(pod, { spec: { containers: [{ name: 'a', image: 'nginx' }], ...spec } });
const containerOf = (container: object) => podOf({ containers: [{ name: 'a', image: 'nginx', ...container }] }).spec.containers[0]!;

test('a minimal pod', () => {
  expect(podOf({}).spec).toMatchObject({
    containers: [{
      name: 'a', image: 'nginx', imagePullPolicy: 'Always', resources: {},
      terminationMessagePath: '/dev/termination-log', terminationMessagePolicy: 'File',
    }],
    dnsPolicy: 'ClusterFirst', restartPolicy: 'Always', schedulerName: 'default-scheduler', securityContext: {},
    terminationGracePeriodSeconds: 30, enableServiceLinks: true,
  });
});

test('a new pod is pending and has its class', () => expect(podOf({}).status).toEqual({ phase: 'Pending', qosClass: 'BestEffort' }));

test.each([
  ['nginx', 'Always'], ['nginx:latest', 'Always'], ['nginx:1.27', 'IfNotPresent'], ['localhost:5000/nginx', 'Always'],
  ['localhost:5000/nginx:1', 'IfNotPresent'], [`nginx@sha256:${'a'.repeat(64)}`, 'IfNotPresent'],
  [`nginx:latest@sha256:${'a'.repeat(64)}`, 'Always'], ['Not A Name', 'IfNotPresent'],
])('image %s is pulled %s', (image, policy) => expect(containerOf({ image }).imagePullPolicy).toBe(policy));

test('probes, ports and environment', () => {
  const container = containerOf({
    ports: [{ containerPort: 80 }],
    env: [{ name: 'IP', valueFrom: { fieldRef: { fieldPath: 'status.podIP' } } }],
    livenessProbe: { httpGet: { port: 80 } },
    readinessProbe: { grpc: { port: 9000 }, periodSeconds: 3 },
    lifecycle: { preStop: { httpGet: { port: 80 } } },
  });
  expect(container).toMatchObject({
    ports: [{ containerPort: 80, protocol: 'TCP' }],
    env: [{ valueFrom: { fieldRef: { apiVersion: 'v1' } } }],
    livenessProbe: { httpGet: { path: '/', scheme: 'HTTP' }, timeoutSeconds: 1, periodSeconds: 10, successThreshold: 1, failureThreshold: 3 },
    readinessProbe: { grpc: { service: '' }, periodSeconds: 3 },
    lifecycle: { preStop: { httpGet: { path: '/', scheme: 'HTTP' } } },
  });
});

test('volumes', () => {
  const { volumes } = podOf({
    volumes: [
      { name: 'nothing' }, { name: 'config', configMap: { name: 'c' } }, { name: 'secret', secret: { secretName: 's', defaultMode: 0o400 } },
      { name: 'host', hostPath: { path: '/' } },
      { name: 'all', projected: { sources: [{ serviceAccountToken: { path: 't' } }, { downwardAPI: { items: [{ path: 'n', fieldRef: { fieldPath: 'metadata.name' } }] } }] } },
    ],
  }).spec;
  expect(volumes).toMatchObject([
    { emptyDir: {} }, { configMap: { defaultMode: 420 } }, { secret: { defaultMode: 256 } }, { hostPath: { type: '' } },
    { projected: { defaultMode: 420, sources: [{ serviceAccountToken: { expirationSeconds: 3600 } }, { downwardAPI: { items: [{ fieldRef: { apiVersion: 'v1' } }] } }] } },
  ]);
});

test('requests follow limits in a pod', () => {
  expect(containerOf({ resources: { limits: { cpu: '1', memory: '1Gi' }, requests: { cpu: '500m' } } }).resources!.requests).toEqual({ cpu: '500m', memory: '1Gi' });
});

test('a template gets neither requests nor service links', () => {
  const { spec } = defaulted(deployment, { spec: { template: { spec: { containers: [{ name: 'a', image: 'b', resources: { limits: { cpu: '1' } } }] } } } }).spec.template;
  expect(spec!.enableServiceLinks).toBeUndefined();
  expect(spec!.containers[0]!.resources).toEqual({ limits: { cpu: '1' } });
});

test('the two names of the service account are one', () => {
  expect(podOf({ serviceAccount: 'robot' }).spec.serviceAccountName).toBe('robot');
  expect(podOf({ serviceAccountName: 'robot' }).spec.serviceAccount).toBe('robot');
});

test('host networking publishes the ports', () => {
  expect(podOf({ hostNetwork: true, containers: [{ name: 'a', image: 'b', ports: [{ containerPort: 80 }] }] }).spec.containers[0]!.ports![0]!.hostPort).toBe(80);
});

test.each([
  ['BestEffort', {}],
  ['Burstable', { requests: { cpu: '1' } }],
  ['Burstable', { limits: { cpu: '1' } }],
  ['Guaranteed', { limits: { cpu: '1', memory: '1Gi' } }],
  ['Burstable', { limits: { cpu: '1', memory: '1Gi' }, requests: { cpu: '500m' } }],
  ['BestEffort', { limits: { 'ephemeral-storage': '1Gi' } }],
])('%s of %j', (qosClass, resources) => {
  expect(podOf({ containers: [{ name: 'a', image: 'b', resources }] }).status!.qosClass).toBe(qosClass);
});

test('setting defaults twice changes nothing', () => {
  const once = podOf({ volumes: [{ name: 'v' }], hostNetwork: true });
  const twice = structuredClone(once);
  pod.strategy.setDefaults!(twice);
  expect(twice).toEqual(once);
});
