import type { APIGroup, APIGroupList } from '../../../src/api/generated/meta.v1';
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
