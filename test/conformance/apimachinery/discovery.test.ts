import type { APIGroup, APIGroupList } from '../../../src/api/generated/meta.v1';
import { resourcesOf } from '../support/discovery';
import { row } from '../support/row';

row('[sig-api-machinery] Discovery should validate PreferredVersion for each APIGroup', async (t) => {
  const { groups } = await t.client.request<APIGroupList>({ path: '/apis/' });
  // Those of other rows come and go.
  const lasting = groups.filter(({ name }) => !name.endsWith('.example.com'));
  expect(lasting.length).toBeGreaterThan(0);
  for (const { name } of lasting) {
    const { versions, preferredVersion } = await t.client.request<APIGroup>({ path: `/apis/${name}/` });
    expect(versions).toContainEqual(preferredVersion);
  }
});

const expected: readonly [group: string, version: string, resource: string][] = [
  ['', 'v1', 'namespaces'],
  ['admissionregistration.k8s.io', 'v1', 'validatingwebhookconfigurations'],
  ['apiextensions.k8s.io', 'v1', 'customresourcedefinitions'],
  ['apiregistration.k8s.io', 'v1', 'apiservices'],
  ['apps', 'v1', 'deployments'],
  ['authentication.k8s.io', 'v1', 'tokenreviews'],
  ['authorization.k8s.io', 'v1', 'selfsubjectaccessreviews'],
  ['autoscaling', 'v1', 'horizontalpodautoscalers'],
  ['autoscaling', 'v2', 'horizontalpodautoscalers'],
  ['batch', 'v1', 'jobs'],
  ['certificates.k8s.io', 'v1', 'certificatesigningrequests'],
  ['coordination.k8s.io', 'v1', 'leases'],
  ['discovery.k8s.io', 'v1', 'endpointslices'],
  ['events.k8s.io', 'v1', 'events'],
  ['networking.k8s.io', 'v1', 'ingresses'],
  ['node.k8s.io', 'v1', 'runtimeclasses'],
  ['policy', 'v1', 'poddisruptionbudgets'],
  ['scheduling.k8s.io', 'v1', 'priorityclasses'],
  ['storage.k8s.io', 'v1', 'csinodes'],
];

row('[sig-api-machinery] Discovery should locate the groupVersion and a resource within each APIGroup', async (t) => {
  for (const [group, version, resource] of expected) expect(await resourcesOf(t, group, version)).toContain(resource);
});
