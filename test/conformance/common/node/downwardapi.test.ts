import type { Container, EnvVar, Node, Pod } from '../../../../src/api/generated/core.v1';
import { outputOf, podOf, program } from '../../support/pods';
import { nodes, pods } from '../../support/resources';
import { rowOnDocker, type RowContext } from '../../support/row';

const label = (name: string) => `[sig-node] Downward API should provide ${name} [NodeConformance]`;

const field = (name: string, fieldPath: string): EnvVar => ({ name, valueFrom: { fieldRef: { apiVersion: 'v1', fieldPath } } });
const resource = (name: string, what: string): EnvVar => ({ name, valueFrom: { resourceFieldRef: { resource: what } } });

/** The variables of the container, and the pod after its end. */
async function variables(t: RowContext, env: EnvVar[], resources: Container['resources'] = {}): Promise<{ of: Record<string, string>; pod: Pod }> {
  const output = await outputOf(t, podOf('pod', [program('main', ['env'], { env, resources })]));
  return { of: Object.fromEntries(output.trim().split('\n').map((line) => line.split(/=(.*)/s).slice(0, 2) as [string, string])), pod: await t.api(pods).get('pod') };
}

rowOnDocker(label('pod name, namespace and IP address as env vars'), async (t) => {
  const { of, pod } = await variables(t, [field('POD_NAME', 'metadata.name'), field('POD_NAMESPACE', 'metadata.namespace'), field('POD_IP', 'status.podIP')]);
  expect(of).toMatchObject({ POD_NAME: 'pod', POD_NAMESPACE: t.namespace, POD_IP: pod.status!.podIP });
  expect(of.POD_IP).toMatch(/^\d+(\.\d+){3}$/);
});

rowOnDocker(label('host IP as an env var'), async (t) => {
  const { of, pod } = await variables(t, [field('HOST_IP', 'status.hostIP')]);
  expect(of.HOST_IP).toMatch(/^\d+(\.\d+){3}$/);
  expect(of.HOST_IP).toBe(pod.status!.hostIP);
});

rowOnDocker(label('pod UID as env vars'), async (t) => {
  const { of, pod } = await variables(t, [field('POD_UID', 'metadata.uid')]);
  expect(of.POD_UID).toBe(pod.metadata.uid);
});

const amounts = [resource('CPU_LIMIT', 'limits.cpu'), resource('MEMORY_LIMIT', 'limits.memory')];

rowOnDocker(label("container's limits.cpu/memory and requests.cpu/memory as env vars"), async (t) => {
  const requested = [resource('CPU_REQUEST', 'requests.cpu'), resource('MEMORY_REQUEST', 'requests.memory')];
  const { of } = await variables(t, [...amounts, ...requested], { requests: { cpu: '250m', memory: '32Mi' }, limits: { cpu: '1250m', memory: '64Mi' } });
  expect(of).toMatchObject({ CPU_LIMIT: '2', MEMORY_LIMIT: '67108864', CPU_REQUEST: '1', MEMORY_REQUEST: '33554432' });
});

const bytes = (quantity: string) => Number.parseInt(quantity, 10) * ({ Ki: 1024, Mi: 1024 ** 2, Gi: 1024 ** 3 }[quantity.replace(/\d+/, '')] ?? 1);

rowOnDocker(label('default limits.cpu/memory from node allocatable'), async (t) => {
  const { of, pod } = await variables(t, amounts);
  const { allocatable }: NonNullable<Node['status']> = (await t.api(nodes).get(pod.spec!.nodeName!)).status!;
  expect(of).toMatchObject({ CPU_LIMIT: allocatable!.cpu, MEMORY_LIMIT: String(bytes(allocatable!.memory!)) });
});
