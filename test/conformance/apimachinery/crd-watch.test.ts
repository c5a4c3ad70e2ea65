import { define } from '../support/definitions';
import { row } from '../support/row';

row('[sig-api-machinery] CustomResourceDefinition Watch [Privileged:ClusterAdmin] CustomResourceDefinition Watch watch on custom resource definition objects', async (t) => {
  const { resources: [resource] } = await define(t);
  const api = t.api(resource!);
  const names = ['name1', 'name2'];
  const watches = await Promise.all(names.map((name) => api.watch({ fieldSelector: `metadata.name=${name}` })));
  for (const name of names) await api.create({ metadata: { name } });
  for (const name of names) await api.patch(name, 'merge', { metadata: { labels: { dummy: 'test' } } });
  for (const name of names) await api.delete(name);
  for (const [at, name] of names.entries()) {
    await watches[at]!.until(({ type }) => type === 'DELETED');
    expect(watches[at]!.told()).toEqual([`ADDED ${name}`, `MODIFIED ${name}`, `DELETED ${name}`]);
  }
});
