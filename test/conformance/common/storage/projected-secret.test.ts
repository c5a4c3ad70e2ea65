import { consumed, inSeveralVolumes, optionalUpdatesAreSeen, projectedSecretFiles as source, withItemMode, withMappings } from '../../support/file-volumes';

consumed(source, '[sig-storage] Projected secret should be consumable from pods in volume [NodeConformance]');
consumed(source, '[sig-storage] Projected secret should be consumable from pods in volume with defaultMode set [LinuxOnly] [NodeConformance]', { selection: { defaultMode: 0o400 }, mode: '-r--------' });
consumed(source, '[sig-storage] Projected secret should be consumable from pods in volume as non-root with defaultMode and fsGroup set [LinuxOnly] [NodeConformance]', {
  selection: { defaultMode: 0o440 }, as: { securityContext: { runAsUser: 1000, fsGroup: 1001 } }, mode: '-r--r-----',
});
withMappings(source, '[sig-storage] Projected secret should be consumable from pods in volume with mappings [NodeConformance]');
withItemMode(source, '[sig-storage] Projected secret should be consumable from pods in volume with mappings and Item Mode set [LinuxOnly] [NodeConformance]');
inSeveralVolumes(source, '[sig-storage] Projected secret should be consumable in multiple volumes in a pod [NodeConformance]');
optionalUpdatesAreSeen(source, '[sig-storage] Projected secret optional updates should be reflected in volume [NodeConformance]');
