import { refusal } from '../../support/api';
import { outputOf, podOf, program } from '../../support/pods';
import { secrets } from '../../support/resources';
import { row, rowOnDocker } from '../../support/row';

const base64 = (text: string) => Buffer.from(text).toString('base64');
const three = { 'data-1': base64('value-1\n'), 'data-2': base64('value-2\n'), 'data-3': base64('value-3\n') };

rowOnDocker('[sig-node] Secrets should be consumable from pods in env vars [NodeConformance]', async (t) => {
  await t.api(secrets).create({ metadata: { name: 'secret' }, data: three });
  const env = [{ name: 'SECRET_DATA', valueFrom: { secretKeyRef: { name: 'secret', key: 'data-1' } } }];
  expect(await outputOf(t, podOf('pod', [program('env', ['env'], { env })]))).toContain('SECRET_DATA=value-1\n');
});

rowOnDocker('[sig-node] Secrets should be consumable via the environment [NodeConformance]', async (t) => {
  await t.api(secrets).create({ metadata: { name: 'secret' }, data: three });
  const envFrom = [{ secretRef: { name: 'secret' } }, { prefix: 'p-', secretRef: { name: 'secret' } }];
  const output = await outputOf(t, podOf('pod', [program('env', ['env'], { envFrom })]));
  for (const prefix of ['', 'p-']) {
    for (const number of [1, 2, 3]) expect(output).toMatch(new RegExp(`^${prefix}data-${number}=value-${number}$`, 'm'));
  }
});

row('[sig-node] Secrets should fail to create secret due to empty secret key', async (t) => {
  expect(await refusal(t.api(secrets).create({ metadata: { name: 'empty-key' }, data: { '': base64('value-1\n') } }))).toMatchObject({ reason: 'Invalid', code: 422 });
});

row('[sig-node] Secrets should patch a secret', async (t) => {
  const everywhere = () => t.api(secrets, '').list({ labelSelector: 'constant=true' });
  const mine = async () => (await everywhere()).items.filter(({ metadata }) => metadata.namespace === t.namespace).map(({ metadata }) => metadata.name);
  await t.api(secrets).create({ metadata: { name: 'patched', labels: { constant: 'true' } }, data: { key: base64('value') }, type: 'Opaque' });
  expect(await mine()).toEqual(['patched']);
  await t.api(secrets).patch('patched', 'strategic', { metadata: { labels: { added: 'true' } }, data: { key: base64('value1') } });
  expect(await t.api(secrets).get('patched')).toMatchObject({ metadata: { labels: { constant: 'true', added: 'true' } }, data: { key: base64('value1') } });
  await t.api(secrets).deleteCollection({ labelSelector: 'added=true' });
  expect(await mine()).toEqual([]);
});
