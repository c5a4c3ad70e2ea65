import { refusal } from '../../support/api';
import { outputOf, podOf, program } from '../../support/pods';
import { configMaps } from '../../support/resources';
import { row, rowOnDocker } from '../../support/row';

const three = { 'data-1': 'value-1', 'data-2': 'value-2', 'data-3': 'value-3' };

rowOnDocker('[sig-node] ConfigMap should be consumable via environment variable [NodeConformance]', async (t) => {
  await t.api(configMaps).create({ metadata: { name: 'map' }, data: three });
  const env = [{ name: 'CONFIG_DATA_1', valueFrom: { configMapKeyRef: { name: 'map', key: 'data-1' } } }];
  expect(await outputOf(t, podOf('pod', [program('env', ['env'], { env })]))).toContain('CONFIG_DATA_1=value-1\n');
});

rowOnDocker('[sig-node] ConfigMap should be consumable via the environment [NodeConformance]', async (t) => {
  await t.api(configMaps).create({ metadata: { name: 'map' }, data: three });
  const envFrom = [{ configMapRef: { name: 'map' } }, { prefix: 'p-', configMapRef: { name: 'map' } }];
  const output = await outputOf(t, podOf('pod', [program('env', ['env'], { envFrom })]));
  for (const prefix of ['', 'p-']) {
    for (const number of [1, 2, 3]) expect(output).toMatch(new RegExp(`^${prefix}data-${number}=value-${number}$`, 'm'));
  }
});

row('[sig-node] ConfigMap should fail to create ConfigMap with empty key', async (t) => {
  expect(await refusal(t.api(configMaps).create({ metadata: { name: 'empty-key' }, data: { '': 'value-1' } }))).toMatchObject({ reason: 'Invalid', code: 422 });
});

row('[sig-node] ConfigMap should run through a ConfigMap lifecycle', async (t) => {
  const maps = t.api(configMaps);
  await maps.create({ metadata: { name: 'map', labels: { static: 'true' } }, data: { valueName: 'value' } });
  expect(await maps.get('map')).toMatchObject({ metadata: { labels: { static: 'true' } }, data: { valueName: 'value' } });
  await maps.patch('map', 'strategic', { metadata: { labels: { patched: t.namespace } }, data: { valueName: 'value1' } });
  const { items } = await t.api(configMaps, '').list({ labelSelector: `patched=${t.namespace}` });
  expect(items).toMatchObject([{ metadata: { name: 'map', namespace: t.namespace, labels: { static: 'true', patched: t.namespace } }, data: { valueName: 'value1' } }]);
  await maps.deleteCollection({ labelSelector: 'static=true' });
  expect((await maps.list({ labelSelector: 'static=true' })).items).toEqual([]);
});
