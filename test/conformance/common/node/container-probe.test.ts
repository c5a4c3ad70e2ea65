import type { Container, ContainerStatus, Pod, Probe } from '../../../../src/api/generated/core.v1';
import { images, podOf, podReady, podRunning, shell, untilTold } from '../../support/pods';
import { configMaps, pods } from '../../support/resources';
import { rowOnDocker, type RowContext } from '../../support/row';

const label = (name: string) => `[sig-node] Probing container ${name} [NodeConformance]`;
const statusOf = (pod: Pod): ContainerStatus => pod.status!.containerStatuses![0]!;
const every = { periodSeconds: 1, failureThreshold: 1, initialDelaySeconds: 1 };
/** A machine that is busy is no reason. */
const patiently = { ...every, timeoutSeconds: 5, failureThreshold: 5 };
const run = (container: Container) => podOf('pod', [container]);
const pause = (seconds: number) => new Promise((resolve) => setTimeout(resolve, seconds * 1000));

/** Serves /www on port 8080; what is in it decides about /healthz. */
const webServer = (script: string, livenessProbe: Probe) => shell('web', `mkdir /www; echo ok > /www/healthz; httpd -p 8080 -h /www; ${script}`, { livenessProbe });

async function isRestarted(t: RowContext, container: Container): Promise<void> {
  await t.api(pods).create(run(container));
  await podRunning(t, 'pod');
  await restarted(t, 1);
}

const restarted = (t: RowContext, times: number) => t.eventually(async () => statusOf(await t.api(pods).get('pod')).restartCount >= times, 200_000);

/** Seen for longer than it takes to restart a container by the same probe. */
async function isNotRestarted(t: RowContext, container: Container): Promise<void> {
  await t.api(pods).create(run(container));
  await podReady(t, 'pod');
  await pause(10);
  expect(statusOf(await t.api(pods).get('pod'))).toMatchObject({ restartCount: 0, ready: true });
}

rowOnDocker(label('with readiness probe should not be ready before initial delay and never restart'), async (t) => {
  const initialDelaySeconds = 8;
  await t.api(pods).create(run({ name: 'web', image: images.nginx, readinessProbe: { httpGet: { path: '/', port: 80 }, initialDelaySeconds } }));
  const pod = await podReady(t, 'pod');
  const { state, restartCount } = statusOf(pod);
  const ready = pod.status!.conditions!.find(({ type }) => type === 'Ready')!.lastTransitionTime!;
  expect(Date.parse(ready) - Date.parse(state!.running!.startedAt!)).toBeGreaterThanOrEqual((initialDelaySeconds - 1) * 1000);
  expect(restartCount).toBe(0);
});

rowOnDocker(label('with readiness probe that fails should never be ready and never restart'), async (t) => {
  await t.api(pods).create(run(shell('web', untilTold, { readinessProbe: { exec: { command: ['false'] }, ...every } })));
  await podRunning(t, 'pod');
  for (let look = 0; look < 20; look++) {
    expect(statusOf(await t.api(pods).get('pod'))).toMatchObject({ ready: false, restartCount: 0 });
    await pause(0.5);
  }
});

const health = { exec: { command: ['cat', '/tmp/health'] } };

rowOnDocker(label('should be restarted with a exec "cat /tmp/health" liveness probe'), (t) =>
  isRestarted(t, shell('file', `touch /tmp/health; sleep 3; rm /tmp/health; ${untilTold}`, { livenessProbe: { ...health, ...every } })));

rowOnDocker(label('should *not* be restarted with a exec "cat /tmp/health" liveness probe'), (t) =>
  isNotRestarted(t, shell('file', `touch /tmp/health; ${untilTold}`, { livenessProbe: { ...health, ...patiently } })));

const healthz = { httpGet: { path: '/healthz', port: 8080 } };

rowOnDocker(label('should be restarted with a /healthz http liveness probe'), (t) =>
  isRestarted(t, webServer(`sleep 3; rm /www/healthz; ${untilTold}`, { ...healthz, ...every })));

rowOnDocker(label('should *not* be restarted with a /healthz http liveness probe'), (t) =>
  isNotRestarted(t, webServer(untilTold, { ...healthz, ...patiently })));

rowOnDocker(label('should *not* be restarted with a tcp:8080 liveness probe'), (t) =>
  isNotRestarted(t, webServer(untilTold, { tcpSocket: { port: 8080 }, ...patiently })));

rowOnDocker(label('should have monotonically increasing restart count'), async (t) => {
  const watch = await t.api(pods).watch();
  await t.api(pods).create(run(webServer(`sleep 1; rm /www/healthz; ${untilTold}`, { ...healthz, ...every })));
  await restarted(t, 4);
  const counts = watch.events.flatMap(({ object }) => (object as Pod).status?.containerStatuses?.map(({ restartCount }) => restartCount) ?? []);
  expect(counts).toEqual([...counts].sort((a, b) => a - b));
}, { timeoutMs: 300_000 });

/**
 * The answer of grpc.health.v1.Health/Check, from a file: a frame of five bytes and a HealthCheckResponse with SERVING.
 * nginx gives no file to a POST: it asks itself with GET.
 */
const grpcServer = `
daemon off;
user root;
events {}
http {
  server {
    listen 5000 http2;
    location = /grpc.health.v1.Health/Check {
      proxy_pass http://127.0.0.1:5001/serving;
      proxy_method GET;
      proxy_pass_request_body off;
      add_trailer grpc-status 0;
    }
  }
  server {
    listen 127.0.0.1:5001;
    default_type application/grpc;
    root /conf;
  }
}
`;

async function grpcContainer(t: RowContext, probe: Probe): Promise<Container> {
  await t.api(configMaps).create({
    metadata: { name: 'grpc' }, data: { 'nginx.conf': grpcServer }, binaryData: { serving: Buffer.from([0, 0, 0, 0, 2, 8, 1]).toString('base64') },
  });
  return {
    name: 'grpc', image: images.nginx, command: ['nginx', '-c', '/conf/nginx.conf'], volumeMounts: [{ name: 'conf', mountPath: '/conf' }],
    livenessProbe: probe,
  };
}

const withConfig = (container: Container) => podOf('pod', [container], { volumes: [{ name: 'conf', configMap: { name: 'grpc' } }] });

rowOnDocker(label('should *not* be restarted with a GRPC liveness probe'), async (t) => {
  await t.api(pods).create(withConfig(await grpcContainer(t, { grpc: { port: 5000, service: '' }, ...patiently })));
  await podReady(t, 'pod');
  await pause(10);
  expect(statusOf(await t.api(pods).get('pod'))).toMatchObject({ restartCount: 0, ready: true });
});

rowOnDocker(label('should be restarted with a GRPC liveness probe'), async (t) => {
  await t.api(pods).create(withConfig(await grpcContainer(t, { grpc: { port: 2333, service: '' }, ...every })));
  await restarted(t, 1);
});
