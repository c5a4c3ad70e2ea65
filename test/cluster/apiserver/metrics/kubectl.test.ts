import { systemClock } from '../../../../src/api/clock';
import type { ContainerSample } from '../../../../src/cluster/apiserver/node-agent';
import { describeWithOracle } from '../../../support/oracle';
import { scriptedAgent } from '../support/agent';
import { core } from '../support/registry';
import { startServer, type TestServer } from '../support/server';

const samples: ContainerSample[] = [];
const spec = { nodeName: 'node', containers: [{ name: 'web', image: 'nginx' }, { name: 'side', image: 'nginx' }] };

describeWithOracle('kubectl top', () => {
  let server: TestServer;
  const ok = async (...args: string[]) => {
    const { code, stdout, stderr } = await server.kubectl(args);
    if (code) throw new Error(stderr);
    return stdout;
  };

  beforeAll(async () => {
    server = await startServer([], { ...scriptedAgent, samples: () => Promise.resolve(samples) });
    const capacity = { cpu: '2', memory: '1Gi', pods: '110' };
    await server.client.create({ group: '', version: 'v1', plural: 'nodes', namespaced: false }, { metadata: { name: 'node' }, status: { capacity, allocatable: capacity } } as never);
    await server.client.create(core('serviceaccounts'), { metadata: { name: 'default', namespace: 'default' } });
    for (const name of ['busy', 'waiting']) await server.client.create(core('pods'), { metadata: { name, namespace: 'default', labels: { app: name } }, spec } as never);
    const { uid } = (await server.client.get(core('pods'), 'busy', 'default')).metadata;
    const startedAtMs = systemClock.now() - 20_000;
    const timeMs = startedAtMs + 20_000;
    for (const container of ['side', 'web']) samples.push({ nodeName: 'node', podUid: uid!, container, startedAtMs, timeMs, cpuNanoseconds: 5e9, memoryWorkingSetBytes: 64 * 2 ** 20 });
  });
  afterAll(() => server.close());

  it('shows pods, containers and nodes', async () => {
    expect(await ok('top', 'pod')).toMatch(/^NAME +CPU\(cores\) +MEMORY\(bytes\) *\nbusy +500m +128Mi *\n$/);
    expect(await ok('top', 'pod', 'busy', '--containers', '--no-headers')).toMatch(/^busy +side +250m +64Mi *\nbusy +web +250m +64Mi *\n$/);
    expect(await ok('top', 'node', '--no-headers')).toMatch(/^node +500m +25% +128Mi +12% *\n$/);
    expect((await server.kubectl(['top', 'pod', '-l', 'app=waiting'])).stderr).toBe('error: metrics not available yet\n');
  });

  it('prints tables with columns of their own', async () => {
    expect(await ok('get', 'podmetrics')).toMatch(/^NAME +CPU +MEMORY +WINDOW\nbusy +500m +128Mi +20s\n$/);
    expect(await ok('get', 'nodemetrics')).toMatch(/^NAME +CPU +MEMORY +WINDOW\nnode +500m +128Mi +20s\n$/);
    expect(await ok('get', 'podmetrics', 'busy', '-o', 'jsonpath={.metadata.labels.app} {.window} {.containers[*].name}')).toBe('busy 20s web side');
  });

  it.each([
    [['top', 'pod', 'nosuch'], 'Error from server (NotFound): pods "nosuch" not found\n'],
    [['top', 'node', 'nosuch'], 'Error from server (NotFound): nodes "nosuch" not found\n'],
    [['get', 'podmetrics', 'waiting'], 'Error from server (NotFound): podmetrics.metrics.k8s.io "default/waiting" not found\n'],
    [['delete', 'podmetrics', 'busy'], 'Error from server (MethodNotAllowed): the server does not allow this method on the requested resource\n'],
  ])('%j: %s', async (args, expected) => expect((await server.kubectl(args)).stderr).toBe(expected));
});
