import type { ControllerRevision } from '../../../src/api/generated/apps.v1';
import { controllerRevisions, daemonSets } from '../support/resources';
import { row } from '../support/row';
import { templateOf } from '../support/workloads';

row('[sig-apps] ControllerRevision [Serial] should manage the lifecycle of a ControllerRevision', async (t) => {
  const api = t.api(controllerRevisions);
  const labels = { 'daemonset-name': 'revised' };
  const mine = { labelSelector: 'daemonset-name=revised' };
  const count = (wanted: number) => t.eventually(async () => {
    const { items } = await api.list(mine);
    return items.length === wanted && items;
  }) as Promise<ControllerRevision[]>;
  const owner = await t.api(daemonSets).create({ metadata: { name: 'revised', labels }, spec: { selector: { matchLabels: labels }, template: templateOf(labels) } });
  expect((await t.api(daemonSets).list(mine)).items).toHaveLength(1);
  const [initial] = await count(1);
  expect(initial!.metadata.ownerReferences).toMatchObject([{ kind: 'DaemonSet', name: 'revised', uid: owner.metadata.uid }]);
  expect((await t.api(controllerRevisions, '').list(mine)).items.map(({ metadata }) => metadata.uid)).toContain(initial!.metadata.uid);

  const patched = await api.patch(initial!.metadata.name, 'strategic', { metadata: { labels: { [initial!.metadata.name]: 'patched' } } });
  expect(patched.metadata.labels).toMatchObject({ [initial!.metadata.name]: 'patched' });

  const { metadata: { labels: kept, ownerReferences } } = initial!;
  await api.create({ metadata: { name: 'revised-new', labels: { ...kept, 'controller-revision-hash': 'new' }, ownerReferences: ownerReferences! }, data: initial!.data!, revision: initial!.revision + 1 } as Parameters<typeof api.create>[0]);
  await count(2);
  await api.delete(initial!.metadata.name);
  const [current] = await count(1);

  const name = current!.metadata.name;
  const updated = await api.change(name, ({ metadata }) => { metadata.labels![name] = 'updated'; });
  expect(updated.metadata.labels).toMatchObject({ [name]: 'updated' });

  await t.api(daemonSets).patch('revised', 'strategic', { spec: { template: { spec: { terminationGracePeriodSeconds: 1 } }, updateStrategy: { type: 'RollingUpdate' } } });
  await count(2);
  await api.deleteCollection({ labelSelector: `${name}=updated` });
  const [left] = await count(1);
  expect(left!.metadata.name).not.toBe(name);
});
