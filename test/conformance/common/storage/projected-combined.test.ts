import { configMapFiles, secretFiles } from '../../support/file-volumes';
import { outputOf, podOf, program } from '../../support/pods';
import { configMaps, secrets } from '../../support/resources';
import { rowOnDocker } from '../../support/row';

rowOnDocker('[sig-storage] Projected combined should project all components that make up the projection API [Projection][NodeConformance]', async (t) => {
  await t.api(configMaps).create({ ...configMapFiles.object('config', { 'configmap-data': 'configmap-value-1' }) });
  await t.api(secrets).create({ ...secretFiles.object('hidden', { 'secret-data': 'secret-value-1' }) });
  const volume = { name: 'all', projected: { sources: [
    { configMap: { name: 'config', items: [{ key: 'configmap-data', path: 'configmap-data' }] } },
    { secret: { name: 'hidden', items: [{ key: 'secret-data', path: 'secret-data' }] } },
    { downwardAPI: { items: [{ path: 'podname', fieldRef: { fieldPath: 'metadata.name' } }] } },
  ] } };
  const reads = program('reads', ['cat', '/all/podname', '/all/secret-data', '/all/configmap-data'], { volumeMounts: [{ name: 'all', mountPath: '/all' }] });
  expect(await outputOf(t, podOf('combined', [reads], { volumes: [volume] }))).toBe('combinedsecret-value-1configmap-value-1');
});
