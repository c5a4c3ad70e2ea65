import { images } from '../../support/pods';
import { podTemplates } from '../../support/resources';
import { row } from '../../support/row';

const templateOf = (name: string, labels: Record<string, string> = {}) =>
  ({ metadata: { name, labels }, template: { spec: { containers: [{ name: 'nginx', image: images.nginx }] } } });

row('[sig-node] PodTemplates should run the lifecycle of PodTemplates', async (t) => {
  const mine = async () => (await t.api(podTemplates, '').list({ labelSelector: `static=${t.namespace}` })).items;
  expect(await mine()).toEqual([]);
  await t.api(podTemplates).create(templateOf('template', { static: t.namespace }));
  expect((await t.api(podTemplates).get('template')).metadata.name).toBe('template');
  await t.api(podTemplates).patch('template', 'strategic', { metadata: { labels: { added: 'patched' } } });
  expect((await t.api(podTemplates).get('template')).metadata.labels).toEqual({ static: t.namespace, added: 'patched' });
  await t.api(podTemplates).delete('template');
  expect(await mine()).toEqual([]);
});

row('[sig-node] PodTemplates should delete a collection of pod templates', async (t) => {
  const set = { labelSelector: 'set=true' };
  for (const number of [1, 2, 3]) await t.api(podTemplates).create(templateOf(`template-${number}`, { set: 'true' }));
  expect((await t.api(podTemplates).list(set)).items).toHaveLength(3);
  await t.api(podTemplates).deleteCollection(set);
  await t.eventually(async () => (await t.api(podTemplates).list(set)).items.length === 0);
});

row('[sig-node] PodTemplates should replace a pod template', async (t) => {
  await t.api(podTemplates).create(templateOf('template'));
  const updated = await t.api(podTemplates).change('template', (template) => { template.metadata.annotations = { updated: 'true' }; });
  expect(updated.metadata.annotations).toEqual({ updated: 'true' });
});
