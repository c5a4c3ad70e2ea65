import { consumed, immutableOnceSaid, inSeveralVolumes, optionalUpdatesAreSeen, secretFiles as source, withItemMode, withMappings } from '../../support/file-volumes';
import { outputOf, podOf, program } from '../../support/pods';
import { secrets } from '../../support/resources';
import { rowOnDocker } from '../../support/row';

consumed(source, '[sig-storage] Secrets should be consumable from pods in volume [NodeConformance]');
consumed(source, '[sig-storage] Secrets should be consumable from pods in volume with defaultMode set [LinuxOnly] [NodeConformance]', { selection: { defaultMode: 0o400 }, mode: '-r--------' });
consumed(source, '[sig-storage] Secrets should be consumable from pods in volume as non-root with defaultMode and fsGroup set [LinuxOnly] [NodeConformance]', {
  selection: { defaultMode: 0o440 }, as: { securityContext: { runAsUser: 1000, fsGroup: 1001 } }, mode: '-r--r-----',
});
withMappings(source, '[sig-storage] Secrets should be consumable from pods in volume with mappings [NodeConformance]');
withItemMode(source, '[sig-storage] Secrets should be consumable from pods in volume with mappings and Item Mode set [LinuxOnly] [NodeConformance]');
inSeveralVolumes(source, '[sig-storage] Secrets should be consumable in multiple volumes in a pod [NodeConformance]');
optionalUpdatesAreSeen(source, '[sig-storage] Secrets optional updates should be reflected in volume [NodeConformance]');
immutableOnceSaid(source, '[sig-storage] Secrets should be immutable if `immutable` field is set');

rowOnDocker('[sig-storage] Secrets should be able to mount in a volume regardless of a different secret existing with same name in different namespace [NodeConformance]', async (t) => {
  const other = await t.makeNamespace();
  await t.api(secrets, other).create(source.object('same', { 'data-1': 'theirs' }));
  await t.api(secrets).create(source.object('same', { 'data-1': 'ours' }));
  const reads = program('reads', ['cat', '/etc/in/data-1'], { volumeMounts: [{ name: 'in', mountPath: '/etc/in', readOnly: true }] });
  expect(await outputOf(t, podOf('reader', [reads], { volumes: [source.volume('in', 'same')] }))).toBe('ours');
});
