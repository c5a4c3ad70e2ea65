import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { eventually, testCluster, type TestCluster } from '../../support/cluster';
import { describeWithEngine } from '../../support/engine';
import { kubectlPath } from '../../support/oracle';
import { privateEngine, privateEngineMissing, type PrivateEngine } from '../../support/private-engine';
import { runAsync } from '../../support/process';
import { client, page, server, service } from './cluster';

jest.setTimeout(300_000);

const missing = privateEngineMissing();
const describeHere = missing ? (title: string, tests: () => void) => describe.skip(`${title} (${missing})`, tests) : describeWithEngine;

// The daemon lives on while its engine, another one than the machine's, is killed and comes back without a container that runs.
describeHere('an engine that is killed', () => {
  let engine: PrivateEngine;
  let cluster: TestCluster;
  const ok = async (args: string[], stdin?: string) => {
    const { code, stdout, stderr } = await runAsync(kubectlPath(), args, cluster.env, stdin);
    if (code !== 0) throw new Error(`kubectl ${args.join(' ')}: ${stderr}`);
    return stdout;
  };

  beforeAll(async () => {
    execFileSync('node', ['scripts/images.mjs'], { cwd: join(__dirname, '../../..'), stdio: 'pipe' });
    cluster = testCluster('e2e-engine');
    engine = await privateEngine(['knarr/node:1', 'nginx:1.27', 'busybox:1.36']);
    cluster.env.DOCKER_HOST = engine.host;
    const { code, stderr } = cluster.knarr(['start', '--profile', cluster.profile, '--runtime', 'docker']);
    if (code !== 0) throw new Error(stderr);
  });
  afterAll(async () => {
    cluster?.destroy();
    await engine?.destroy();
  });

  it('comes back with the pods that were there, and their Services answer again', async () => {
    await ok(['apply', '-f', '-'], JSON.stringify({ apiVersion: 'v1', kind: 'List', items: [
      client('client'),
      service('web', { type: 'NodePort', selector: { app: 'web' }, ports: [{ port: 80, targetPort: 8080 }] }),
      { apiVersion: 'apps/v1', kind: 'Deployment', metadata: { name: 'web', namespace: 'default' }, spec: {
        replicas: 2, selector: { matchLabels: { app: 'web' } }, template: { metadata: { labels: { app: 'web' } }, spec: { terminationGracePeriodSeconds: 1, containers: [server(8080)] } } } },
    ] }));
    const port = Number(await ok(['get', 'service', 'web', '-o', 'jsonpath={.spec.ports[0].nodePort}']));
    const names = () => ok(['get', 'pods', '-o', 'name']);
    const answers = async () => {
      await ok(['wait', '--for=condition=Ready', 'pod', '--all', '--timeout=1s']);
      return (await page('127.0.0.1', port)).startsWith('web-') && (await ok(['exec', 'client', '--', 'wget', '-qO-', 'http://web'])).startsWith('web-');
    };
    await eventually(answers, 90_000);
    const before = await names();
    await engine.kill();
    await expect(page('127.0.0.1', port)).rejects.toThrow();
    expect(await names()).toBe(before);
    await engine.start();
    await eventually(answers, 120_000);
    expect(await names()).toBe(before);
  });
});
