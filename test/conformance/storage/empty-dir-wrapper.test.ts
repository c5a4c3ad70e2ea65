import { podOf, podReady, shell, untilTold } from '../support/pods';
import { configMaps, pods, replicationControllers, secrets } from '../support/resources';
import { rowOnDocker } from '../support/row';

const value = Buffer.from('value-1\n').toString('base64');

rowOnDocker('[sig-storage] EmptyDir wrapper volumes should not conflict', async (t) => {
  await t.api(secrets).create({ metadata: { name: 'same' }, data: { 'data-1': value } });
  await t.api(configMaps).create({ metadata: { name: 'same' }, binaryData: { 'data-1': value } });
  const volumes = [{ name: 'secret-volume', secret: { secretName: 'same' } }, { name: 'configmap-volume', configMap: { name: 'same' } }];
  const volumeMounts = [{ name: 'secret-volume', mountPath: '/etc/secret-volume', readOnly: true }, { name: 'configmap-volume', mountPath: '/etc/configmap-volume' }];
  await t.api(pods).create(podOf('both', [shell('main', untilTold, { volumeMounts })], { volumes }));
  await podReady(t, 'both');
});

rowOnDocker('[sig-storage] EmptyDir wrapper volumes should not cause race condition when used for configmaps [Serial]', async (t) => {
  const names = Array.from({ length: 50 }, (_, at) => `racey-${at}`);
  await Promise.all(names.map((name) => t.api(configMaps).create({ metadata: { name }, data: { 'data-1': 'value-1' } })));
  const volumes = names.map((name) => ({ name, configMap: { name, items: [{ key: 'data-1', path: 'data-1' }] } }));
  const volumeMounts = names.map((name) => ({ name, mountPath: `/etc/config-${name}` }));
  for (const round of ['one', 'two', 'three']) {
    const labels = { round };
    const template = { metadata: { labels }, spec: { terminationGracePeriodSeconds: 1, volumes, containers: [shell('main', untilTold, { volumeMounts })] } };
    await t.api(replicationControllers).create({ metadata: { name: round }, spec: { replicas: 5, selector: labels, template } });
    await t.eventually(async () => {
      const { items } = await t.api(pods).list({ labelSelector: `round=${round}` });
      return items.length === 5 && items.every(({ status }) => status?.phase === 'Running');
    }, 120_000);
    await t.api(replicationControllers).delete(round, { propagationPolicy: 'Background' });
    await t.eventually(async () => (await t.api(pods).list({ labelSelector: `round=${round}` })).items.length === 0, 120_000);
  }
}, { alone: true });
