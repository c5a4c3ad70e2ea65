import type { Deployment } from '../../../../src/api/generated/apps.v1';
import type { Pod } from '../../../../src/api/generated/core.v1';
import type { KubeObject } from '../../../../src/api/meta';
import { deployments, pods, serviceAccounts } from '../../../../src/kinds/resources';
import { failure, namespaces, testRegistry } from '../support/registry';

const pod = (name: string, spec: object = {}): Pod => ({ metadata: { name, namespace: 'safe' }, spec: { containers: [{ name: 'c', image: 'x' }], ...spec } }) as Pod;
const labels = (modes: Record<string, string>) => Object.fromEntries(Object.entries(modes).map(([mode, level]) => [`pod-security.kubernetes.io/${mode}`, level]));

async function world(modes: Record<string, string>) {
  const { client, registry, verbs, context, warnings } = await testRegistry();
  await client.create(namespaces, { metadata: { name: 'safe', labels: labels(modes) } });
  await client.create(serviceAccounts, { metadata: { name: 'default', namespace: 'safe' } });
  const notes: Record<string, string> = {};
  const annotate = (key: string, value: string) => void (notes[key] = value);
  const kindOf = ({ group, plural }: { group: string; plural: string }) => registry.kinds.all().find((kind) => kind.group === group && kind.plural === plural)!;
  const create = (resource: { group: string; plural: string }, object: KubeObject) =>
    verbs.createEntry(registry, kindOf(resource), object.metadata.namespace, verbs.decodedCopy(kindOf(resource), object), { ...context, annotate });
  const relabel = (changed: Record<string, string>) => verbs.patchEntry(registry, kindOf(namespaces), undefined, 'safe', { type: 'merge', patch: { metadata: { labels: labels(changed) } } }, { part: 'main' }, context);
  return { client, create, relabel, notes, warnings };
}

test('a pod that is against what is enforced is refused; others are warned of and written down', async () => {
  const { create, notes, warnings } = await world({ enforce: 'baseline', audit: 'restricted', warn: 'restricted' });
  expect(await failure(() => create(pods, pod('a', { hostPID: true })))).toBe('403 Forbidden: pods "a" is forbidden: violates PodSecurity "baseline:latest": host namespaces (hostPID=true)');
  expect(warnings.splice(0)).toEqual([]);
  await create(pods, pod('a'));
  const would = 'would violate PodSecurity "restricted:latest": allowPrivilegeEscalation != false (container "c" must set securityContext.allowPrivilegeEscalation=false), '
    + 'unrestricted capabilities (container "c" must set securityContext.capabilities.drop=["ALL"]), runAsNonRoot != true (pod or container "c" must set securityContext.runAsNonRoot=true), '
    + 'seccompProfile (pod or container "c" must set securityContext.seccompProfile.type to "RuntimeDefault" or "Localhost")';
  expect(warnings).toEqual([would]);
  expect(notes).toEqual({ 'pod-security.kubernetes.io/enforce-policy': 'baseline:latest', 'pod-security.kubernetes.io/audit-violations': would });
});

test('what makes pods is warned of and not refused', async () => {
  const { create, warnings } = await world({ enforce: 'baseline' });
  const deployment: Deployment = {
    metadata: { name: 'd', namespace: 'safe' },
    spec: { selector: { matchLabels: { a: 'b' } }, template: { metadata: { labels: { a: 'b' } }, spec: { hostIPC: true, containers: [{ name: 'c', image: 'x' }] } } },
  };
  await create(deployments, deployment);
  expect(warnings).toEqual(['would violate PodSecurity "baseline:latest": host namespaces (hostIPC=true)']);
});

test('an update is looked at when images or debug containers change', async () => {
  const { client, create, relabel } = await world({});
  await create(pods, pod('a', { hostPID: true }));
  await relabel({ enforce: 'baseline' });
  await client.patch(pods, 'a', 'safe', 'merge', { metadata: { labels: { a: 'b' } } });
  expect(await failure(() => client.patch(pods, 'a', 'safe', 'strategic', { spec: { containers: [{ name: 'c', image: 'y' }] } }))).toMatch(/violates PodSecurity "baseline:latest": host namespaces/);
  const debug = { spec: { ephemeralContainers: [{ name: 'debug', image: 'y', securityContext: { privileged: true } }] } };
  await create(pods, pod('b'));
  expect(await failure(() => client.patch(pods, 'b', 'safe', 'strategic', debug, { subresource: 'ephemeralcontainers' }))).toMatch(/privileged \(container "debug" must not set securityContext.privileged=true\)$/);
});

test('labels have to be understood; a stricter level warns of the pods that are there', async () => {
  const { client, create, relabel, warnings } = await world({});
  expect(await failure(() => client.create(namespaces, { metadata: { name: 'x', labels: labels({ enforce: 'none' }) } })))
    .toBe('422 Invalid: Namespace "x" is invalid: metadata.labels[pod-security.kubernetes.io/enforce]: Invalid value: "none": must be one of privileged, baseline, restricted');
  await create(pods, pod('a', { hostPID: true }));
  expect(await failure(() => relabel({ warn: 'none' }))).toMatch(/^422/);
  await relabel({ enforce: 'baseline' });
  expect(warnings.splice(0)).toEqual(['existing pods in namespace "safe" violate the new PodSecurity enforce level "baseline:latest"', 'a: host namespaces']);
  await relabel({ enforce: 'privileged' });
  expect(warnings).toEqual([]);
});
