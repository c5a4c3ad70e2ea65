import {
  configMapFiles as source, consumed, holdMounted, immutableOnceSaid, inSeveralVolumes, nonRoot, optionalUpdatesAreSeen, updatesAreSeen, withItemMode, withMappings,
} from '../../support/file-volumes';
import { podExec } from '../../support/pods';
import { configMaps } from '../../support/resources';
import { rowOnDocker } from '../../support/row';

consumed(source, '[sig-storage] ConfigMap should be consumable from pods in volume [NodeConformance]');
consumed(source, '[sig-storage] ConfigMap should be consumable from pods in volume with defaultMode set [LinuxOnly] [NodeConformance]', { selection: { defaultMode: 0o400 }, mode: '-r--------' });
consumed(source, '[sig-storage] ConfigMap should be consumable from pods in volume as non-root [NodeConformance]', { as: nonRoot });
withMappings(source, '[sig-storage] ConfigMap should be consumable from pods in volume with mappings [NodeConformance]');
withItemMode(source, '[sig-storage] ConfigMap should be consumable from pods in volume with mappings and Item mode set [LinuxOnly] [NodeConformance]');
withMappings(source, '[sig-storage] ConfigMap should be consumable from pods in volume with mappings as non-root [NodeConformance]', { as: nonRoot });
updatesAreSeen(source, '[sig-storage] ConfigMap updates should be reflected in volume [NodeConformance]');
optionalUpdatesAreSeen(source, '[sig-storage] ConfigMap optional updates should be reflected in volume [NodeConformance]');
inSeveralVolumes(source, '[sig-storage] ConfigMap should be consumable in multiple volumes in the same pod [NodeConformance]');
immutableOnceSaid(source, '[sig-storage] ConfigMap should be immutable if `immutable` field is set');

rowOnDocker('[sig-storage] ConfigMap binary data should be reflected in volume [NodeConformance]', async (t) => {
  const bytes = Buffer.from([0xde, 0xca, 0xfe, 0xba, 0xd0, 0xfe, 0xff]);
  await t.api(configMaps).create({ metadata: { name: 'source' }, data: { 'data-1': 'value-1' }, binaryData: { 'dump.bin': bytes.toString('base64') } });
  const read = await holdMounted(t, [source.volume('in', 'source')]);
  expect(await read('in/data-1')).toBe('value-1');
  const { stdout } = await podExec(t, 'holder', ['hexdump', '-ve', '1/1 "%02x"', '/etc/in/dump.bin']);
  expect(stdout).toBe(bytes.toString('hex'));
});
