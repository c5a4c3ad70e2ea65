import type { Pod, PodSpec } from '../../../src/api/generated/core.v1';
import type { Index, Informer } from '../../../src/client/informer';
import { podsReferringTo } from '../../../src/cluster/kubelet/volumes/references';

const pod = (name: string, spec: Partial<PodSpec>, nodeName = 'node-0', namespace = 'default'): Pod => ({ metadata: { name, namespace }, spec: { containers: [{ name: 'main' }], nodeName, ...spec } });
const mounted = { volumes: [{ name: 'v', configMap: { name: 'page' } }] };
const pods = [
  pod('mounts', mounted), pod('mounts-elsewhere', mounted, 'node-1'), pod('another-namespace', mounted, 'node-0', 'other'), pod('none', {}),
  pod('reads', { containers: [{ name: 'main', envFrom: [{ configMapRef: { name: 'page' } }], env: [{ name: 'A', valueFrom: { secretKeyRef: { name: 'keys', key: 'a' } } }] }] }),
  { ...pod('unscheduled', mounted), spec: { containers: [], ...mounted } },
];
const informer = { find: (index: Index<Pod>, value: string) => pods.filter((each) => index.values(each).includes(value)) } as unknown as Informer<Pod>;

test.each([
  ['node-0', 'default', 'configmaps/page', ['mounts', 'reads']],
  ['node-1', 'default', 'configmaps/page', ['mounts-elsewhere']],
  ['node-0', 'other', 'configmaps/page', ['another-namespace']],
  ['node-0', 'default', 'secrets/keys', ['reads']],
  ['node-0', 'default', 'secrets/page', []],
])('pods of %s that refer in %s to %s', (nodeName, namespace, reference, names) => {
  expect(podsReferringTo(informer, nodeName, namespace, reference).map(({ metadata }) => metadata.name)).toEqual(names);
});
