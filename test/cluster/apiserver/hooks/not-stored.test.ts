import type { Pod } from '../../../../src/api/generated/core.v1';
import { describeWithOracle } from '../../../support/oracle';
import { core } from '../support/registry';
import { startServer, type TestServer } from '../support/server';

describeWithOracle('kinds that are not stored', () => {
  let server: TestServer;
  const state = { scheduler: undefined as string | undefined };
  beforeAll(async () => {
    server = await startServer([], undefined, { components: [{ name: 'scheduler', check: () => state.scheduler }] });
    await server.client.create(core('serviceaccounts'), { metadata: { name: 'default', namespace: 'default' } });
    for (const name of ['a', 'b']) await server.client.create(core('pods'), { metadata: { name, namespace: 'default' }, spec: { containers: [{ name: 'c', image: 'i' }] } } as never);
  });
  afterAll(() => server.close());

  it('tell how components are', async () => {
    const { stdout, stderr } = await server.kubectl(['get', 'cs']);
    expect(stderr).toBe('Warning: v1 ComponentStatus is deprecated in v1.19+\n');
    expect(stdout).toMatch(/^NAME +STATUS +MESSAGE +ERROR\nscheduler +Healthy +ok +\netcd-0 +Healthy +ok +\n$/);
    state.scheduler = 'it is asleep';
    expect((await server.kubectl(['get', 'cs', 'scheduler', '--no-headers'])).stdout).toMatch(/^scheduler +Unhealthy +it is asleep\n$/);
    expect((await server.kubectl(['get', 'cs', 'nosuch'])).stderr).toContain('Error from server: Component not found: nosuch');
  });

  const bind = (name: string, headers = {}) => server.ask('/api/v1/namespaces/default/bindings', {
    method: 'POST', headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify({ apiVersion: 'v1', kind: 'Binding', metadata: { name }, target: { kind: 'Node', name: 'node' } }),
  });

  it('bind a pod to a node, once', async () => {
    expect(await bind('a')).toMatchObject({ code: 201, json: { kind: 'Status', status: 'Success', code: 201 } });
    expect((await server.client.get<Pod>(core('pods'), 'a', 'default')).spec.nodeName).toBe('node');
    expect(await bind('a')).toMatchObject({ code: 409, json: { message: 'Operation cannot be fulfilled on pods/binding "a": pod a is already assigned to node "node"' } });
    expect(await bind('nosuch')).toMatchObject({ code: 404, json: { message: 'pods "nosuch" not found' } });
  });

  it('answer in protobuf, too', async () => {
    const { code, body } = await bind('b', { accept: 'application/vnd.kubernetes.protobuf' });
    expect(code).toBe(201);
    expect(body.subarray(0, 4).toString('latin1')).toBe('k8s\0');
    expect(body.toString('latin1')).toContain('Success');
  });

  it('have no other verbs', async () => {
    expect((await server.ask('/api/v1/namespaces/default/bindings')).code).toBe(405);
    expect((await server.ask('/api/v1/componentstatuses/scheduler', { method: 'DELETE' })).code).toBe(405);
  });
});
