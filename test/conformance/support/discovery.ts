import type { APIGroup, APIGroupList, APIResourceList } from '../../../src/api/generated/meta.v1';
import { groupVersionPath } from '../../../src/client/http';
import type { RowContext } from './row';

/** The group version stands in /apis and in its group's document, and serves these resources. */
export async function discovers(t: RowContext, group: string, version: string, resources: readonly string[]): Promise<void> {
  const { groups } = await t.client.request<APIGroupList>({ path: '/apis' });
  expect(groups.find(({ name }) => name === group)?.versions).toContainEqual({ groupVersion: `${group}/${version}`, version });
  const { versions } = await t.client.request<APIGroup>({ path: `/apis/${group}` });
  expect(versions).toContainEqual({ groupVersion: `${group}/${version}`, version });
  expect(await resourcesOf(t, group, version)).toEqual(expect.arrayContaining([...resources]));
}

/** Names of what a group version serves, subresources included. */
export async function resourcesOf(t: RowContext, group: string, version: string): Promise<string[]> {
  const { groupVersion, resources } = await t.client.request<APIResourceList>({ path: groupVersionPath({ group, version }) });
  expect(groupVersion).toBe(group ? `${group}/${version}` : version);
  return resources.map(({ name }) => name);
}
